import type { ComponentChildren } from "preact";

/** Tells what was just done; `role="status"` makes screen readers say it. */
export function Notice({ children }: { children: ComponentChildren }) {
  return (
    <div class="utrecht-alert utrecht-alert--ok" role="status">
      <p>{children}</p>
    </div>
  );
}
