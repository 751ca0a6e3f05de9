import { globSync } from "node:fs";
import { join } from "node:path";
import { pageRoutes } from "../../shared/web/routes.ts";
import type { Route } from "../../shared/operations/kit/route.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { newPerson, type Answer, type Stack } from "../support/stack.ts";

/** A request that is to be measured, everything that it needs being in place. */
export interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** A page may send one elsewhere. */
  readonly status: number | "page";
}

/** The names of all routes of the API. */
export async function routeNames(): Promise<string[]> {
  const operations = join(import.meta.dirname, "..", "..", "shared", "operations");
  const files = globSync("*/routes.ts", { cwd: operations }).map((file) => join(operations, file));
  const modules = (await Promise.all(files.map((file) => import(file)))) as {
    readonly routes: Readonly<Record<string, Route>>;
  }[];
  return modules.flatMap(({ routes }) => Object.keys(routes));
}

/** The pages that one can look at knowing no more than an organisation and a user. */
function pagePaths(): string[] {
  return Object.values(pageRoutes)
    .flat()
    .filter(({ method, path }) => method === "GET" && !/\{(?!id\}|username\})/.test(path))
    .map(({ path }) => path);
}

/** Prepares requests of every kind at an organisation of its own; each is a new one each time. */
export class EveryRoute {
  readonly #stack: Stack;
  readonly #manager: string;
  readonly #administrator: string;
  readonly #organisation: CareOrganisation;
  /** Another, that is closed and opened. */
  readonly #closing: string;
  #password: string;
  #passwordsUsed = 0;

  private constructor(parts: {
    stack: Stack;
    manager: string;
    administrator: string;
    organisation: CareOrganisation;
    closing: string;
  }) {
    this.#stack = parts.stack;
    this.#manager = parts.manager;
    this.#administrator = parts.administrator;
    this.#organisation = parts.organisation;
    this.#closing = parts.closing;
    this.#password = parts.organisation.user.password;
  }

  static async prepare(stack: Stack): Promise<EveryRoute> {
    const manager = await stack.tokenOf(stack.account("contract-manager"));
    const organisation = await registerCareOrganisation(stack, manager);
    const closing = (await registerCareOrganisation(stack, manager)).id;
    const administrator = await stack.tokenOf(organisation.administrator);
    return new EveryRoute({ stack, manager, administrator, organisation, closing });
  }

  /** The requests by the name of their route, with the kind where a route has several. */
  readonly requests: Readonly<Record<string, () => Promise<Prepared>>> = {
    getHealth: () => this.#get("/v1/health"),
    getOpenapi: () => this.#get("/v1/openapi.json"),
    signIn: () => this.#signingIn({ status: 201 }),
    "signIn, wrong password": () => this.#signingIn({ password: "verkeerd-Wachtwoord-1", status: 401 }),
    "signIn, unknown name": () => this.#signingIn({ username: "niemandweet", status: 401 }),
    "signIn, what can be no name": () => this.#signingIn({ username: "wat geen naam is", status: 401 }),
    "signIn, ended account": async () => {
      const username = await this.#ended();
      return this.#signingIn({ username, password: "verkeerd-Wachtwoord-1", status: 401 });
    },
    refreshSession: async () => {
      const { refreshToken } = (await this.#signedIn()).body as { refreshToken: string };
      return { method: "POST", path: "/v1/sessions/refresh", body: { refreshToken }, status: 200 };
    },
    getMe: () => this.#get("/v1/me", this.#administrator),
    endSession: async () => {
      const token = (await this.#signedIn()).body.idToken as string;
      return { method: "DELETE", path: "/v1/sessions/current", token, status: 204 };
    },
    getPasswordPolicy: () => this.#get("/v1/password-policy"),
    requestPasswordLink: () => this.#asking(this.#organisation.user.username),
    "requestPasswordLink, unknown name": () => this.#asking("niemandweet"),
    "requestPasswordLink, what can be no name": () => this.#asking("wat geen naam is"),
    remindLoginName: () => this.#reminding(this.#organisation.user.email),
    "remindLoginName, unknown address": () => this.#reminding("niemand@nergens.example"),
    getPasswordLink: async () => this.#get(`/v1/password-links/${await this.#link()}`),
    redeemPasswordLink: async () => {
      const path = `/v1/password-links/${await this.#link()}/redemption`;
      return { method: "POST", path, body: { password: this.#nextPassword() }, status: 204 };
    },
    changePassword: async () => {
      const token = (await this.#signedIn()).body.idToken as string;
      const currentPassword = this.#password;
      const body = { currentPassword, newPassword: this.#nextPassword() };
      return { method: "PUT", path: "/v1/me/password", token, body, status: 204 };
    },
    listProfiles: () => this.#get("/v1/profiles", this.#administrator),
    listUsers: () => this.#get(this.#users(), this.#administrator),
    "listUsers, searching": () => this.#get(`${this.#users()}?search=proef&sort=name`, this.#administrator),
    "listUsers, as a file": async () => ({
      ...(await this.#get(this.#users(), this.#administrator)),
      headers: { Accept: "text/csv" },
    }),
    createUser: () => Promise.resolve(this.#creation()),
    getUser: () => this.#get(this.#users(this.#organisation.user.username), this.#administrator),
    editUser: async () => {
      const path = this.#users(await this.#created());
      return { ...(await this.#patch(path, this.#administrator)), body: { phone: "030 555 01 23" } };
    },
    deleteUser: async () => this.#deletion(await this.#created()),
    orderPasswordLink: async () => ({
      ...{ method: "POST", path: `${this.#users(await this.#created())}/password-link`, status: 202 },
      token: this.#administrator,
    }),
    listUpcoming: () => this.#get(`${this.#of("upcoming")}?days=60`, this.#administrator),
    "importUsers, three": () => Promise.resolve(this.#importing(3, false)),
    "importUsers, three, dry run": () => Promise.resolve(this.#importing(3, true)),
    listAuditEvents: () => this.#get(this.#of("audit-events"), this.#administrator),
    getOrganisation: () => this.#get(this.#of(), this.#administrator),
    listOrganisations: () => this.#get("/v1/organisations", this.#manager),
    changeOrganisation: async () => {
      const city = `Plaats ${this.#next()}`;
      return { ...(await this.#patch(this.#of(), this.#manager)), body: { city } };
    },
    registerOrganisation: () => Promise.resolve(this.#registration()),
    listAdministrators: () => this.#get(this.#of("administrators"), this.#manager),
    setRoles: async () => ({
      ...{ method: "PUT", path: `${this.#users(await this.#created())}/roles`, status: 200 },
      ...{ token: this.#manager, body: { roles: ["organisation-admin"] } },
    }),
    recordIncident: () => Promise.resolve(this.#incident()),
    listIncidents: () => this.#get(this.#atClosing("incidents"), this.#manager),
    listContacts: async () =>
      this.#get(this.#atClosing(`incidents/${await this.#recorded()}/contacts`), this.#manager),
    logContact: async () => this.#contact(await this.#recorded()),
    closeAccess: async () => {
      await this.#reopen();
      const incidentId = await this.#recorded();
      await this.#do(this.#contact(incidentId));
      const body = { ground: "misuse", incidentIds: [incidentId], assessment: null };
      return this.#post(this.#atClosing("closures"), body, 201);
    },
    listClosures: () => this.#get(this.#atClosing("closures"), this.#manager),
    getClosingLetter: async () => {
      const closures = await this.#do(await this.#get(this.#atClosing("closures"), this.#manager));
      const path = this.#atClosing(`closures/${closures.body.items[0].id as string}/letter`);
      return { ...(await this.#get(path, this.#manager)), headers: { Accept: "application/pdf" } };
    },
    reopenAccess: async () => {
      await this.#do(await this.requests["closeAccess"]!());
      return this.#post(this.#atClosing("reopenings"), { reason: "Alles is in orde." }, 201);
    },
  };

  /** Looks at every page, as a contract manager who is signed in sees it; by `page` and its path. */
  async pages(): Promise<Readonly<Record<string, () => Promise<Prepared>>>> {
    const Cookie = await this.#webSession();
    const { id, user } = this.#organisation;
    const visits = pagePaths().map((page) => {
      const path = page.replace("{id}", id).replace("{username}", user.username);
      const prepared = { method: "GET", path, headers: { Cookie }, status: "page" } as const;
      return [`page ${page}`, () => Promise.resolve(prepared)] as const;
    });
    const form = () => Promise.resolve({ ...this.#signInForm(), status: "page" as const });
    return { ...Object.fromEntries(visits), "page /, signing in": form };
  }

  #signInForm() {
    const { username, password } = this.#stack.account("contract-manager");
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ username, password }).toString();
    return { method: "POST", path: "/", headers, body };
  }

  async #webSession(): Promise<string> {
    const { method, path, ...request } = this.#signInForm();
    const { headers } = await this.#stack.call(method, path, { ...request, redirect: "manual" });
    return headers
      .getSetCookie()
      .map((cookie) => cookie.split(";", 1)[0])
      .join("; ");
  }

  /** Sends it; what comes back must be what was expected. */
  async send({ method, path, status, ...request }: Prepared): Promise<Answer> {
    const answer = await this.#stack.call(method, path, { ...request, redirect: "manual" });
    const expected = status === "page" ? [200, 303].includes(answer.status) : answer.status === status;
    if (!expected) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }

  readonly #do = (prepared: Prepared) => this.send(prepared);

  #get(path: string, token?: string): Promise<Prepared> {
    return Promise.resolve({ method: "GET", path, status: 200, ...(token !== undefined && { token }) });
  }

  #post(path: string, body: unknown, status: number): Prepared {
    return { method: "POST", path, body, status, token: this.#manager };
  }

  async #patch(path: string, token: string): Promise<Prepared> {
    const { headers } = await this.#stack.call("GET", path, { token });
    return {
      ...{ method: "PATCH", path, token, status: 200 },
      headers: { "If-Match": headers.get("etag") ?? "" },
    };
  }

  #of = (part?: string) => `/v1/organisations/${this.#organisation.id}${part ? `/${part}` : ""}`;
  #users = (username?: string) => this.#of(`users${username === undefined ? "" : `/${username}`}`);
  #atClosing = (part: string) => `/v1/organisations/${this.#closing}/${part}`;

  #signingIn(parts: { username?: string; password?: string; status: number }): Promise<Prepared> {
    const { username = this.#organisation.user.username, password = this.#password, status } = parts;
    const body = { username, password };
    return Promise.resolve({ method: "POST", path: "/v1/sessions", body, status });
  }

  async #signedIn(): Promise<Answer> {
    return this.#do(await this.#signingIn({ status: 201 }));
  }

  #reminding(email: string): Promise<Prepared> {
    return Promise.resolve({
      method: "POST",
      path: "/v1/login-name-reminders",
      body: { email },
      status: 202,
    });
  }

  #asking(username: string): Promise<Prepared> {
    return Promise.resolve({ method: "POST", path: "/v1/password-links", body: { username }, status: 202 });
  }

  #link(): Promise<string> {
    const { username, email } = this.#organisation.user;
    return this.#stack.linkFor(username, email);
  }

  #nextPassword(): string {
    this.#passwordsUsed += 1;
    this.#password = `Korenbloem-${this.#passwordsUsed}!`;
    return this.#password;
  }

  #next(): string {
    return newPerson().email.replaceAll(/^femke\.|@.*$/g, "");
  }

  #person(): Record<string, unknown> & { email: string } {
    const domain = this.#organisation.user.email.split("@")[1] ?? "";
    return newPerson({ email: `${this.#next()}@${domain}` });
  }

  #creation(): Prepared {
    return {
      ...{ method: "POST", path: this.#users(), token: this.#administrator },
      ...{ body: this.#person(), status: 201 },
    };
  }

  async #created(): Promise<string> {
    return (await this.#do(this.#creation())).body.username as string;
  }

  #deletion(username: string): Prepared {
    return {
      ...{ method: "POST", path: `${this.#users(username)}/deletion`, status: 200 },
      ...{ token: this.#administrator, body: { reason: "Uit dienst" } },
    };
  }

  /** Somebody who had a password and was deleted. */
  async #ended(): Promise<string> {
    const { username, email } = (await this.#do(this.#creation())).body as {
      username: string;
      email: string;
    };
    await this.#stack.waitForMails(email, 1);
    await this.#stack.givePassword(username, email, "Tulpenveld-48!");
    await this.#do(this.#deletion(username));
    return username;
  }

  #importing(count: number, dryRun: boolean): Prepared {
    const people = Array.from({ length: count }, () => this.#person());
    const rows = people.map(({ lastName, email }) => `F.,Femke,${String(lastName)},${email}`);
    return {
      ...{ method: "POST", path: this.#of(`user-imports?dryRun=${dryRun}`), token: this.#administrator },
      body: `initials,firstName,lastName,email\r\n${rows.join("\r\n")}\r\n`,
      headers: { "Content-Type": "text/csv" },
      status: 200,
    };
  }

  #registration(): Prepared {
    const domain = `${this.#next()}.example`;
    const body = {
      ...{ name: `Zorgcentrum ${domain}`, profile: "basis", emailDomains: [domain] },
      contract: { signedOn: "2026-01-05" },
      contactPerson: { name: "Karin Bakker", email: `k.bakker@${domain}` },
      signatory: { name: "Hendrik Prins", email: `h.prins@${domain}` },
      administrator: newPerson({ email: `beheer@${domain}` }),
    };
    return this.#post("/v1/organisations", body, 201);
  }

  #incident(): Prepared {
    const body = {
      ...{ kind: "misuse", description: "Portero is gebruikt voor iets anders." },
      ...{ occurredOn: "2026-01-10", reportedBy: "Servicedesk" },
    };
    return this.#post(this.#atClosing("incidents"), body, 201);
  }

  async #recorded(): Promise<string> {
    return (await this.#do(this.#incident())).body.id as string;
  }

  #contact(incidentId: string): Prepared {
    const body = {
      ...{ at: "2026-01-12T10:00:00Z", with: "contact-person", name: "Karin Bakker", means: "phone" },
      summary: "Besproken wat er is gebeurd.",
    };
    return this.#post(this.#atClosing(`incidents/${incidentId}/contacts`), body, 201);
  }

  /** Reopens an organisation that was closed before, so that it can be closed again. */
  async #reopen(): Promise<void> {
    const path = this.#atClosing("reopenings");
    await this.#stack.call("POST", path, { token: this.#manager, body: { reason: "Alles is in orde." } });
  }
}
