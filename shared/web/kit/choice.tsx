import type { ComponentChildren } from "preact";
import type { FormError } from "./form.tsx";

export interface Option {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

interface ChoiceProps {
  /** The field's name, and the first option's id, so that links in the error summary lead there. */
  readonly name: string;
  readonly sentAs?: string;
  readonly legend: string;
  readonly hint?: string;
  /** Gives the question the look of a heading, as the form's other sections have. */
  readonly isSection?: boolean;
  /** Radio buttons for one answer, checkboxes for many. */
  readonly kind: "one" | "many";
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly required?: boolean;
  readonly errors: readonly FormError[];
}

export function Choice(props: ChoiceProps) {
  const { name, legend, hint, kind, options, chosen, required = false } = props;
  const errors = props.errors.filter(({ field }) => field === name);
  const [hintId, errorId] = [`${name}-uitleg`, `${name}-fout`];
  const described = [hint && hintId, errors.length > 0 && errorId].filter(Boolean).join(" ");
  return (
    <fieldset
      class={["choice", props.isSection && "section", errors.length > 0 && "wrong"].filter(Boolean).join(" ")}
      role={kind === "one" ? "radiogroup" : undefined}
      aria-describedby={described || undefined}
      aria-required={kind === "one" && required ? "true" : undefined}
      aria-invalid={kind === "one" && errors.length > 0 ? "true" : undefined}
    >
      <legend>{legend}</legend>
      {hint && (
        <p class="utrecht-form-field-description" id={hintId}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <div class="error" id={errorId}>
          {errors.map(({ text }) => (
            <p class="utrecht-form-field-error-message">{text}</p>
          ))}
        </div>
      )}
      {options.map((option, index) => (
        <Answer
          {...option}
          kind={kind}
          id={index === 0 ? name : `${name}-${index + 1}`}
          name={props.sentAs ?? name}
          checked={chosen.includes(option.value)}
        />
      ))}
    </fieldset>
  );
}

interface AnswerProps extends Option {
  readonly kind: ChoiceProps["kind"];
  readonly id: string;
  readonly name: string;
  readonly checked: boolean;
}

function Answer({ kind, id, name, value, label, hint, checked }: AnswerProps) {
  const [type, look] =
    kind === "one" ? (["radio", "radio-button"] as const) : (["checkbox", "checkbox"] as const);
  const described = hint === undefined ? undefined : `${id}-toelichting`;
  const attributes = { class: `utrecht-${look} utrecht-${look}--html-input`, id, name, value, checked };
  return (
    <div class="tick">
      {type === "radio" ? (
        <input type="radio" aria-describedby={described} {...attributes} />
      ) : (
        <input type="checkbox" aria-describedby={described} {...attributes} />
      )}
      <div>
        <label for={id}>{label}</label>
        {hint !== undefined && (
          <div class="hint" id={described}>
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}
