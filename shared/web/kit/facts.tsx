import type { ComponentChildren } from "preact";

interface FactProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** One entry of a `<dl>`; a dash stands for an empty value. */
export function Fact({ label, children }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children === null || children === "" ? "–" : children}</dd>
    </div>
  );
}
