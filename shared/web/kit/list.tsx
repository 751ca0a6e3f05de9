import type { ComponentChildren } from "preact";
import { listTexts } from "../../texts/pages/list.ts";
import type { Site } from "./site.ts";

/** One page of a list, as the API's list operations return it. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  readonly total: number;
}

/** A list's query with its `?`, without the parameters that are null; empty if none is left. */
export function listQuery(parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
}

export interface Column {
  readonly name: string;
  /** A link that sorts by this column, shown instead of the name. */
  readonly link?: ComponentChildren;
  readonly sorted?: "ascending" | "descending" | undefined;
  /** `header` names the row; `unbroken` never wraps; `long` may wrap within words. */
  readonly kind?: "header" | "unbroken" | "long";
}

interface TableProps {
  readonly label: string;
  readonly caption?: string;
  readonly columns: readonly Column[];
  /** Each with a cell for every column. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/**
 * On narrow screens the rows become lists. The ARIA roles repeat a table's own, because browsers drop those when
 * CSS changes its display.
 */
export function Table({ label, caption, columns, rows }: TableProps) {
  return (
    // Focusable, so that the keyboard can scroll it sideways.
    <div class="table" role="region" aria-label={label} tabindex={0}>
      <table class="stacking" role="table">
        {caption !== undefined && <caption>{caption}</caption>}
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name, link, sorted }) => (
              <th role="columnheader" scope="col" class={link ? "sorting" : undefined} aria-sort={sorted}>
                {link ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((cells) => (
            <tr role="row">
              {columns.map((column, index) => (
                <Cell column={column}>{cells[index]}</Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column: { name, kind }, children }: { column: Column; children: ComponentChildren }) {
  return kind === "header" ? (
    <th role="rowheader" scope="row">
      {children}
    </th>
  ) : (
    <td role="cell" class={kind} data-label={name}>
      {children}
    </td>
  );
}

interface PagingProps {
  readonly site: Site;
  /** The address of the first page; null on that page itself. */
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
