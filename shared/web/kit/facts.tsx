import type { ComponentChildren } from "preact";

interface FactProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** One thing that is known, in a `<dl>`; what is not known is a dash. */
export function Fact({ label, children }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children === null || children === "" ? "–" : children}</dd>
    </div>
  );
}
