import type { ComponentChildren } from "preact";

export type ButtonKind = "primary" | "secondary" | "danger";

interface LookProps {
  /** Primary unless given. */
  readonly kind?: ButtonKind;
  readonly describedBy?: string;
  readonly children: ComponentChildren;
}

interface ButtonProps extends LookProps {
  /** Tells apart the buttons of a form that has more than one. */
  readonly name?: string;
  readonly value?: string;
  /** Where this button sends the form, if not where the others do. */
  readonly action?: string;
}

/** A button that sends its form. */
export function Button({ kind = "primary", describedBy, children, action, ...sent }: ButtonProps) {
  const looks = { primary: "primary-action", secondary: "secondary-action", danger: "primary-action" };
  const danger = kind === "danger" ? " utrecht-button--danger" : "";
  return (
    <button
      type="submit"
      class={`utrecht-button utrecht-button--${looks[kind]}${danger}`}
      aria-describedby={describedBy}
      formaction={action}
      {...sent}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button, for steps that change nothing. */
export function ButtonLink(props: LookProps & { readonly href: string; readonly download?: boolean }) {
  const { kind = "primary", describedBy, children, href, download } = props;
  const look = kind === "primary" ? "primary-action" : "secondary-action";
  return (
    <a
      class={`utrecht-button-link utrecht-button-link--html-a utrecht-button-link--${look}`}
      href={href}
      download={download}
      aria-describedby={describedBy}
    >
      {children}
    </a>
  );
}
