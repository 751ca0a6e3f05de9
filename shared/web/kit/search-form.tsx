import type { ComponentChildren } from "preact";
import { listTexts } from "../../texts/pages/list.ts";
import type { Site } from "./site.ts";
import { Button, ButtonLink } from "./button.tsx";

interface SearchFormProps {
  readonly site: Site;
  /** The list's own address, which shows all of it. */
  readonly here: string;
  /** Whether the list itself says what is wrong with a field, in its words and not the browser's. */
  readonly novalidate?: boolean;
  readonly children: ComponentChildren;
}

/** What a list is filtered with, above it. */
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
