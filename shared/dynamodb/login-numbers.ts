import type { Tables } from "./client.ts";
import { loginNumberItems } from "./items.ts";
import { loginNamesOf } from "./keys.ts";
import { itemsOf, queryPage } from "./read.ts";

/** The highest number given out for a login name's stem; 0 for none. */
export async function highestLoginNumber(tables: Tables, stem: string): Promise<number> {
  const query = { ...itemsOf(loginNamesOf(stem)), ScanIndexForward: false, Limit: 1 };
  const [highest] = (await queryPage(tables, query)).items;
  return highest === undefined ? 0 : loginNumberItems.parse(highest).SK;
}
