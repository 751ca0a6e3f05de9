import type { ComponentChildren } from "preact";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { Site } from "./site.ts";

/** An error on a page; `field` is null if no single field causes it. */
export interface FormError {
  readonly field: string | null;
  /** The field's label, for texts such as “Fill in this field” that do not name it. */
  readonly label?: string;
  readonly text: string;
}

interface ErrorSummaryProps {
  readonly site: Site;
  /** A sentence of the page's own in place of the usual title. */
  readonly title?: string | undefined;
  readonly errors: readonly FormError[];
}

/** All errors of a form together, which has the focus when the page opens; nothing when there are none. */
export function ErrorSummary({ site, title, errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <div
      class="utrecht-alert utrecht-alert--error"
      id="fouten"
      role="alert"
      aria-labelledby="fouten-titel"
      tabindex={-1}
      autofocus
    >
      <h2 id="fouten-titel">{title ?? frameTexts[site.language].summaryTitle}</h2>
      <ul>
        {errors.map((error) => (
          <li>{error.field === null ? error.text : <a href={`#${error.field}`}>{withLabel(error)}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

function withLabel({ label, text }: FormError): string {
  if (label === undefined) return text;
  return label.endsWith("?") ? `${label} ${text}` : `${label}: ${text}`;
}

export interface FieldProps {
  /** Its id, and the name under which the form sends it unless there is another. */
  readonly name: string;
  readonly sentAs?: string;
  readonly label: string;
  readonly type: "text" | "password" | "email" | "tel" | "date" | "time" | "file" | "multiline";
  readonly autocomplete: "username" | "current-password" | "new-password" | "email" | "off";
  /** Makes the field optional; its label says so in these words. */
  readonly optional?: string;
  readonly hint?: string;
  readonly value?: string;
  readonly readonly?: boolean;
  /** The last day that can be chosen, as `yyyy-mm-dd`; for dates only. */
  readonly latest?: string;
  /** True unless the field is read-only or optional. */
  readonly required?: boolean;
  /** Ids of other texts that say what goes in, such as the rules of a password. */
  readonly describedBy?: string;
  readonly errors: readonly FormError[];
}

/** A labelled field. It has no maxlength: browsers would cut off a pasted password without saying so. */
export function Field(props: FieldProps) {
  const { name, label, type, autocomplete, hint, value, describedBy } = props;
  const errors = props.errors.filter(({ field }) => field === name);
  const descriptions = [hint && `${name}-uitleg`, describedBy, errors.length > 0 && `${name}-fout`];
  const description = descriptions.filter(Boolean).join(" ");
  const attributes = {
    id: name,
    name: props.sentAs ?? name,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    readOnly: props.readonly,
    max: props.latest,
    required: props.required ?? (!props.readonly && props.optional === undefined),
    "aria-invalid": errors.length > 0 ? "true" : undefined,
    "aria-describedby": description || undefined,
  } as const;
  return (
    <div class={errors.length > 0 ? "field wrong" : "field"}>
      <label for={name}>
        {label}
        {props.optional !== undefined && <span class="optional"> ({props.optional})</span>}
      </label>
      {hint && (
        <p class="utrecht-form-field-description" id={`${name}-uitleg`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <div class="error" id={`${name}-fout`}>
          {errors.map(({ text }) => (
            <p class="utrecht-form-field-error-message">{text}</p>
          ))}
        </div>
      )}
      <Control type={type} value={value ?? ""} attributes={attributes} />
    </div>
  );
}

const textbox = { class: "utrecht-textbox utrecht-textbox--html-input" };

interface ControlProps {
  readonly type: FieldProps["type"];
  readonly value: string;
  readonly attributes: object;
}

/** Shows the value that was sent, but never a password. */
function Control({ type, value, attributes }: ControlProps) {
  switch (type) {
    case "password":
      return <input type="password" {...textbox} {...attributes} />;
    case "multiline":
      return (
        <textarea class="utrecht-textarea utrecht-textarea--html-textarea" rows={4} {...attributes}>
          {value}
        </textarea>
      );
    case "file":
      return <input type="file" accept=".csv,text/csv" {...attributes} />;
    case "date":
      return <input type="date" {...textbox} value={value} {...attributes} />;
    case "text":
      return <input type="text" {...textbox} value={value} {...attributes} />;
    case "email":
      return <input type="email" {...textbox} value={value} {...attributes} />;
    case "tel":
      return <input type="tel" {...textbox} value={value} {...attributes} />;
    case "time":
      return <input type="time" {...textbox} value={value} {...attributes} />;
  }
}

interface FormProps {
  /** The page's own address unless given. */
  readonly action?: string;
  /** Needed for files, and for text that is larger than other forms may be. */
  readonly upload?: boolean;
  /** The page whose progress bar a script shows after sending. */
  readonly progress?: string;
  readonly children: ComponentChildren;
}

export function Form({ action, upload, progress, children }: FormProps) {
  const encoding = upload ? "multipart/form-data" : undefined;
  return (
    <form method="post" action={action} enctype={encoding} data-progress={progress} novalidate>
      {children}
    </form>
  );
}
