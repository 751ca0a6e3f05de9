import { once } from "../../runtime/once.ts";
import type { PageAction } from "./page-action.ts";
import type { PageRoute } from "../routes.ts";
import type { WebDependencies } from "./web-app.ts";

/** What stands behind a function's pages. */
export interface PagesImplementation<Name extends string> extends Pick<WebDependencies, "findWebSession"> {
  /** What answers each page, by its name. */
  readonly actions: Readonly<Record<Name, PageAction>>;
}

/**
 * The pages of a function of which everything is loaded with the first page that anyone asks for.
 * @param load gives what stands behind them
 */
export function laterPages<Page extends PageRoute>(
  pages: readonly Page[],
  load: () => Promise<PagesImplementation<Page["name"]>>,
): Pick<WebDependencies<Page>, "pages" | "actions" | "findWebSession"> {
  const loaded = once(load);
  const later = (name: Page["name"]): PageAction => {
    return async (request, site) => (await loaded()).actions[name](request, site);
  };
  const actions = Object.fromEntries(pages.map(({ name }) => [name, later(name)]));
  return {
    pages,
    actions: actions as Record<Page["name"], PageAction>,
    findWebSession: async (cookie) => (await loaded()).findWebSession(cookie),
  };
}
