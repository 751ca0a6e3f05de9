import type { ComponentChildren } from "preact";
import { listTexts } from "../../../shared/texts/pages/list.ts";
import type { Site } from "../site.ts";

interface TableProps {
  readonly label: string;
  readonly caption?: string;
  /** The names of the columns, or the cells that hold them. */
  readonly columns: readonly ComponentChildren[];
  /** Whether its columns take the room that they need, and none more. */
  readonly plain?: boolean;
  readonly children: ComponentChildren;
}

/** A table in a frame of its own: whoever has no mouse can still move it sideways. */
export function Table({ label, caption, columns, plain, children }: TableProps) {
  return (
    <div class="table" role="region" aria-label={label} tabindex={0}>
      <table class={plain ? "plain" : undefined}>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (typeof column === "string" ? <th scope="col">{column}</th> : column))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface PagingProps {
  readonly site: Site;
  /** Where the list begins; null on its first page. */
  readonly first: string | null;
  /** Null on its last page. */
  readonly next: string | null;
}

export function Paging({ site, first, next }: PagingProps) {
  const texts = listTexts[site.language];
  if (first === null && next === null) return null;
  return (
    <nav class="paging" aria-label={texts.pages}>
      {first !== null && <a href={first}>{texts.first}</a>}
      {next !== null && (
        <a href={next} rel="next">
          {texts.next}
        </a>
      )}
    </nav>
  );
}
