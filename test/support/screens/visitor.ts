import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { DemoAccount } from "../../../infra/local/demo/seed.ts";
import type { Language } from "../../../shared/texts/language.ts";
import { newPerson, type Stack } from "../stack.ts";

/** The viewer of a screen; `nobody` is for screens without a sign-in. */
export type Viewer = "nobody" | "administrator" | "user" | "expiring" | "contract-manager" | "service-desk";

/** Means to reach a screen. They use field names, because labels differ between languages. */
export interface Visit {
  readonly page: Page;
  readonly stack: Stack;
  /** The signed-in user; for screens of `nobody` an administrator, whose login name may be needed. */
  readonly account: DemoAccount;
  /** The name of users that are created for a screen. */
  readonly names: Readonly<Record<"initials" | "firstName" | "lastName", string>>;
  /** Requests a page by its path. */
  readonly open: (path: string) => Promise<void>;
  /** Fills in fields by their names. */
  readonly fill: (fields: Readonly<Record<string, string>>) => Promise<void>;
  /** Sends the form in the page's main part, or the one that a selector names. */
  readonly send: (form?: string) => Promise<void>;
}

export interface Screen {
  /** The file name of its picture, without `.png`. */
  readonly name: string;
  readonly viewer: Viewer;
  /** The status of a page that reports a refusal; other pages have 200. */
  readonly status?: number;
  /** True if there is also a picture of it on a narrow device. */
  readonly narrow?: true;
  readonly show: (visit: Visit) => Promise<void>;
}

const accounts: Record<Viewer, (stack: Stack) => DemoAccount> = {
  nobody: (stack) => stack.account("organisation-admin"),
  administrator: (stack) => stack.account("organisation-admin"),
  user: (stack) => stack.account(null),
  expiring: (stack) => inSituation(stack, "password-expires-soon"),
  "contract-manager": (stack) => stack.account("contract-manager"),
  "service-desk": (stack) => stack.account("service-desk"),
};

export function inSituation(stack: Stack, situation: string): DemoAccount {
  const found = stack.accounts.find((account) => account.situation === situation);
  if (!found) throw new Error(`the demonstration has nobody with ${situation}`);
  return found;
}

/** Signs in on the pages, in any language. */
export async function signInOn(
  page: Page,
  stack: Stack,
  account: Pick<DemoAccount, "username" | "password">,
): Promise<void> {
  await page.goto(`${stack.baseUrl}/`);
  await page.locator('[name="username"]').fill(account.username);
  await page.locator('[name="password"]').fill(account.password);
  await clickThrough(page, "main form button");
}

/** Ends the session in a browser as 15 idle minutes would; the browser does not notice. */
export async function endSession(context: BrowserContext, { baseUrl }: Stack): Promise<void> {
  const cookies = await context.cookies(baseUrl);
  const headers = { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const { status } = await fetch(`${baseUrl}/uitloggen`, { method: "POST", redirect: "manual", headers });
  if (status !== 303) throw new Error(`ending a session failed: ${status}`);
}

/** Presses a button and waits for the next page, because closing a page while it loads may hang. */
export async function clickThrough(page: Page, button: string): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.locator(button).first().click();
  await loaded;
}

/** A new user of an administrator's organisation, whom no other test uses. */
export async function newColleague({ stack, account, names }: Pick<Visit, "stack" | "account" | "names">) {
  const { body, status } = await stack.call("POST", `/v1/organisations/${account.organisationId}/users`, {
    token: await stack.tokenOf(account),
    body: newPerson(names),
  });
  if (status !== 201) throw new Error(`adding somebody failed: ${JSON.stringify(body)}`);
  await stack.waitForMails(body.email as string, 1);
  return body as { username: string; email: string; organisationId: string };
}

export interface VisitorOptions {
  readonly browser?: BrowserContextOptions;
  /** The viewer of their screens, if not a user of the demonstration. */
  readonly accounts?: Readonly<Partial<Record<Viewer, DemoAccount>>>;
  readonly names?: Visit["names"];
}

const ordinaryNames = { initials: "F.", firstName: "Femke", lastName: "Verhoeven" };

/** Opens screens in one language, each in its viewer's browser. */
export class Visitor {
  readonly #contexts = new Map<Viewer, Promise<BrowserContext>>();
  readonly #stack: Stack;
  readonly #browser: Browser;
  readonly #language: Language;
  readonly #options: VisitorOptions;

  constructor(stack: Stack, browser: Browser, language: Language, options: VisitorOptions = {}) {
    this.#stack = stack;
    this.#browser = browser;
    this.#language = language;
    this.#options = options;
  }

  /**
   * Opens the page with a screen; the caller closes it.
   * @param prepare gets the page before any request
   */
  async visit(screen: Screen, prepare: (page: Page) => void): Promise<Page> {
    const { viewer } = screen;
    const page = await (await this.contextOf(viewer)).newPage();
    prepare(page);
    const { baseUrl } = this.#stack;
    await screen.show({
      page,
      stack: this.#stack,
      account: this.#accountOf(viewer),
      names: this.#options.names ?? ordinaryNames,
      open: async (path) => {
        await page.goto(`${baseUrl}${path}`);
      },
      fill: async (fields) => {
        for (const [name, value] of Object.entries(fields)) {
          await page.locator(`main [name="${name}"]`).fill(value);
        }
      },
      send: async (form = "main form[method='post']") => {
        await clickThrough(page, `${form} button`);
      },
    });
    return page;
  }

  /** A new browser context, signed in. */
  async contextOf(viewer: Viewer): Promise<BrowserContext> {
    const known = this.#contexts.get(viewer);
    if (known) return known;
    const made = this.#signedIn(viewer);
    this.#contexts.set(viewer, made);
    return made;
  }

  #accountOf(viewer: Viewer): DemoAccount {
    return this.#options.accounts?.[viewer] ?? accounts[viewer](this.#stack);
  }

  async #signedIn(viewer: Viewer): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ locale: "nl-NL", ...this.#options.browser });
    const page = await context.newPage();
    // The browser remembers the language from here on.
    await page.goto(`${this.#stack.baseUrl}/hulp?taal=${this.#language}`);
    if (viewer !== "nobody") await signInOn(page, this.#stack, this.#accountOf(viewer));
    await page.close();
    return context;
  }
}
