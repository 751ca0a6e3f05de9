import type { ComponentChildren } from "preact";
import { listTexts } from "../../texts/pages/list.ts";
import type { Site } from "./site.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Field, type FieldProps } from "./form.tsx";

interface SearchFormProps {
  readonly site: Site;
  /** The list's address without a filter. */
  readonly here: string;
  /** Turns off the browser's own checks, so that errors are shown in the page's words. */
  readonly novalidate?: boolean;
  readonly children: ComponentChildren;
}

/** The filter above a list. It uses GET, so that a filtered list has an address of its own. */
export function SearchForm({ site, here, novalidate, children }: SearchFormProps) {
  const texts = listTexts[site.language];
  return (
    <form method="get" action={here} class="search" role="search" novalidate={novalidate}>
      {children}
      <div class="actions">
        <Button>{texts.find}</Button>
        <ButtonLink kind="secondary" href={here}>
          {texts.clear}
        </ButtonLink>
      </div>
    </form>
  );
}

/** The text to search for, which may be empty. */
export function SearchField(props: Pick<FieldProps, "label" | "hint" | "value" | "errors">) {
  return <Field name="search" sentAs="zoeken" type="text" autocomplete="off" required={false} {...props} />;
}
