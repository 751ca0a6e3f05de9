import type { ComponentChildren } from "preact";
import { frameTexts } from "../../../shared/texts/pages/frame.ts";
import type { Site } from "../site.ts";

/** What is wrong on a page, and with which field if it is one field's fault. */
export interface FormError {
  readonly field: string | null;
  /** What the page calls the field, where the text alone does not tell which one it is about. */
  readonly label?: string;
  readonly text: string;
}

interface ErrorSummaryProps {
  readonly site: Site;
  readonly title?: string;
  readonly errors: readonly FormError[];
}

/** All errors of a form together, which has the focus when the page opens; nothing when there are none. */
export function ErrorSummary({ site, title, errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <div class="summary" id="fouten" role="alert" aria-labelledby="fouten-titel" tabindex={-1} autofocus>
      <h2 id="fouten-titel">{title ?? frameTexts[site.language].summaryTitle}</h2>
      <ul>
        {errors.map((error) => (
          <li>{error.field === null ? error.text : <a href={`#${error.field}`}>{inFull(error)}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

function inFull({ label, text }: FormError): string {
  return label === undefined ? text : `${label}: ${text}`;
}

interface FieldProps {
  /** Both its id and the name under which the form sends it. */
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "password";
  readonly autocomplete: "username" | "current-password" | "new-password";
  readonly hint?: string;
  readonly value?: string;
  readonly readonly?: boolean;
  /** Ids of other texts that say what goes in, such as the rules of a password. */
  readonly describedBy?: string;
  readonly errors: readonly FormError[];
}

/** A labelled field. Nothing limits its length, for that would cut off a pasted password unseen. */
export function Field(props: FieldProps) {
  const { name, label, type, autocomplete, hint, value, describedBy } = props;
  const errors = props.errors.filter(({ field }) => field === name);
  const descriptions = [hint && `${name}-uitleg`, describedBy, errors.length > 0 && `${name}-fout`];
  const description = descriptions.filter(Boolean).join(" ");
  const attributes = {
    id: name,
    name,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    readOnly: props.readonly,
    required: !props.readonly,
    "aria-invalid": errors.length > 0 ? "true" : undefined,
    "aria-describedby": description || undefined,
  } as const;
  return (
    <div class={errors.length > 0 ? "field wrong" : "field"}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-uitleg`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <div class="error" id={`${name}-fout`}>
          {errors.map(({ text }) => (
            <p>{text}</p>
          ))}
        </div>
      )}
      {type === "password" ? (
        <input type="password" {...attributes} />
      ) : (
        <input type="text" value={value} {...attributes} />
      )}
    </div>
  );
}

/** A form that sends itself to the address it stands at, unless told otherwise. */
export function Form({ action, children }: { action?: string; children: ComponentChildren }) {
  return (
    <form method="post" action={action} novalidate>
      {children}
    </form>
  );
}
