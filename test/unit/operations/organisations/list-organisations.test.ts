import fc from "fast-check";
import { expect, it } from "vitest";
import type { Organisation } from "../../../../shared/domain/organisation.ts";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";
import { listOrganisations } from "../../../../shared/operations/organisations/list-organisations.ts";
import { organisation } from "../../../support/domain.ts";

const cursors = new Cursors(() => Promise.resolve(new Uint8Array(32)));
const names = fc.constantFrom("Zorg Noord", "zorg noord", "De Linde", "Élan", "Aarde", "Zon");

/** Organisations by number, so that each exists once. */
const organisations = fc.uniqueArray(
  fc
    .record({ id: fc.integer({ min: 2, max: 20 }), name: names, status: fc.constantFrom("open", "closed") })
    .map(({ id, name, status }) => organisation({ id: String(id), name, status: status as "open" })),
  { selector: ({ id }) => id, maxLength: 12 },
);

/** The ids of all pages, with changes after each page. */
async function idsOfPages(
  stored: Map<string, Organisation>,
  query: { status: "open" | "all"; limit: number },
  changes: Organisation[][],
): Promise<string[]> {
  const operation = listOrganisations({
    organisations: {
      entries: () => Promise.resolve([...stored.values()]),
      findAll: (ids) => Promise.resolve(ids.flatMap((id) => stored.get(id) ?? [])),
    },
    cursors,
  });
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const given = { query: { ...query, ...(after !== null && { after }) } };
    const { body } = await operation(given as unknown as Parameters<typeof operation>[0]);
    ids.push(...body.items.map(({ id }) => id));
    after = body.next;
    for (const one of changes.shift() ?? []) stored.set(one.id, one);
  } while (after);
  return ids;
}

it("changes between pages lose and repeat no organisation that was not changed", async () => {
  await fc.assert(
    fc.asyncProperty(
      organisations,
      fc.array(organisations, { maxLength: 4 }),
      fc.constantFrom("open" as const, "all" as const),
      fc.integer({ min: 1, max: 4 }),
      async (all, changes, status, limit) => {
        const stored = () => new Map(all.map((one) => [one.id, one]));
        const before = await idsOfPages(stored(), { status, limit: 100 }, []);
        const touched = new Set(changes.flat().map(({ id }) => id));
        const seen = await idsOfPages(stored(), { status, limit }, [...changes]);
        const untouched = (ids: string[]) => ids.filter((id) => !touched.has(id));
        expect(untouched(seen)).toEqual(untouched(before));
      },
    ),
  );
});
