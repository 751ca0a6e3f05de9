import type { ComponentChildren } from "preact";

/** A short message about what has just happened, which screen readers say of their own accord. */
export function Notice({ children }: { children: ComponentChildren }) {
  return (
    <div class="utrecht-alert utrecht-alert--ok" role="status">
      <p>{children}</p>
    </div>
  );
}
