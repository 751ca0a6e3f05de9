import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { DomainError } from "../../../shared/domain/errors.ts";
import { organisationEntry } from "../../../shared/domain/organisation.ts";
import type { IdentityProvider, IssuedTokens } from "../../../shared/domain/ports/identity-provider.ts";
import type { Session, User } from "../../../shared/domain/user.ts";
import { DynamoAuditTrail } from "../../../shared/dynamodb/audit-trail.ts";
import { organisationEntryKey } from "../../../shared/dynamodb/keys.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordRepository } from "../../../shared/dynamodb/password-repository.ts";
import { DynamoSignInGuard } from "../../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { callDependencies } from "../../../shared/http/wiring.ts";
import { Cursors } from "../../../shared/operations/kit/cursor.ts";
import { routes as organisationRoutes } from "../../../shared/operations/organisations/routes.ts";
import { wireOrganisations } from "../../../shared/operations/organisations/wiring.ts";
import { routes as passwordRoutes } from "../../../shared/operations/passwords/routes.ts";
import { wirePasswords } from "../../../shared/operations/passwords/wiring.ts";
import { routes as sanctionRoutes } from "../../../shared/operations/sanctions/routes.ts";
import { wireSanctions } from "../../../shared/operations/sanctions/wiring.ts";
import { routes as userRoutes } from "../../../shared/operations/users/routes.ts";
import { wireUsers } from "../../../shared/operations/users/wiring.ts";
import { system } from "../../../shared/runtime/system.ts";
import { pageOperations } from "../../../shared/web/kit/page-operation.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { allPages, browse, type Answer, type Visit } from "../../unit/web/browser.ts";
import { contacts, settings } from "../../unit/web/samples.ts";
import { seed } from "../dynamodb/seed.ts";

const [oldPassword, newPassword] = ["Tulpenveld-48!", "Zonnebloem-17?"];
const sessionId = "5e55";
const session: Session = {
  kind: "web",
  startedAt: "2026-11-22T11:00:00.000Z",
  expiresAt: "2126-11-22T19:00:00.000Z",
  tokens: ["token"],
};

/** An identity provider that, like Cognito, knows one password, and needs its time. */
class OnePassword implements Pick<IdentityProvider, "setPassword" | "signIn" | "enable"> {
  password = oldPassword;
  /** Runs after the password is set, before the caller learns of it. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  async setPassword(_: User, password: string): Promise<void> {
    this.password = password;
    await this.meanwhile();
  }

  enable(): Promise<void> {
    return Promise.resolve();
  }

  signIn(username: string | null, password: string): Promise<IssuedTokens> {
    if (password !== this.password) return Promise.reject(new DomainError("invalid-credentials"));
    const tokens = { idToken: "", refreshToken: null, jti: "", expiresInSeconds: 900 };
    return Promise.resolve({ ...tokens, username: username ?? "", organisationId: "2" });
  }
}

let tables: TestTables;
let identityProvider: OnePassword;

const atCare = { organisationId: "2", username: "kbakker" };
const atCiz = { organisationId: "1", username: "mvisser" };

beforeEach(async () => {
  tables = await createTables();
  identityProvider = new OnePassword();
  // Organisation 2 is there already.
  await new DynamoOrganisationRepository(tables).nextId();
  const entry = { ...organisationEntryKey("2"), ...organisationEntry(organisation()) };
  await tables.client.send(new PutCommand({ TableName: tables.tableName, Item: entry }));
  const sessions = { [sessionId]: session };
  await seed(tables, {
    organisations: [organisation({ id: "1", agbCode: null }), organisation({ emailDomains: [] })],
    users: [
      user(),
      user({ ...atCare, roles: ["organisation-admin"], email: "k.bakker@zorg.example", sessions }),
      user({ ...atCiz, roles: ["contract-manager"], email: "m.visser@ciz.example", sessions }),
    ],
  });
});

/** The pages of one caller, in front of the real operations. */
function pagesOf(who: typeof atCare) {
  const users = new DynamoUserRepository(tables);
  const cursors = new Cursors(() => Promise.resolve(new Uint8Array(32)));
  const calls = callDependencies(tables);
  const passwords = {
    users,
    passwords: new DynamoPasswordRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    identityProvider: identityProvider as unknown as IdentityProvider,
    guard: new DynamoSignInGuard({ ...tables, settings }),
    settings,
    ...system,
  };
  const environment = { SETTINGS: settings, CONTACTS: contacts };
  return browse({
    ...pageOperations(userRoutes, wireUsers(environment, tables, cursors), calls),
    ...pageOperations(organisationRoutes, wireOrganisations(tables, cursors), calls),
    ...pageOperations(sanctionRoutes, wireSanctions(environment, tables, cursors), calls),
    ...pageOperations(passwordRoutes, wirePasswords(environment, passwords as never, tables), calls),
    findWebSession: async () => {
      const member = await users.findMember(who.organisationId, who.username);
      const passwordExpiry = { expiresAt: "2027-02-01T09:00:00.000Z", daysLeft: 60, warning: false };
      return member && { member, sessionId, passwordExpiry };
    },
  });
}

interface SentForm {
  readonly by: typeof atCare;
  readonly fields: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The audit events and the templates of the mails that sending it once leaves. */
  readonly leaves: readonly string[];
  /** The same session's, in this order. */
  readonly after?: readonly string[];
}

const today = new Date().toISOString().slice(0, 10);
const person = { initials: "E.", firstName: "Ellen", lastName: "Mol", email: "e.mol@zorg.example" };
const data = {
  ...{
    name: "Zorg Nieuw",
    displayName: "Zorg Nieuw",
    agbCode: "",
    emailDomains: "zorg.example",
    profile: "basis",
  },
  ...{ "contract/signedOn": "2026-01-05" },
  ...{ "contactPerson/name": "Karin Bakker", "contactPerson/email": "k.bakker@zorg.example" },
  ...{ "signatory/name": "Hendrik Prins", "signatory/email": "h.prins@zorg.example" },
};
const first = Object.fromEntries(
  Object.entries(person).map(([name, value]) => [`administrator/${name}`, value]),
);
const oneUser = { id: "2", username: "ftest" };
const care = { id: "2" };
const incident = {
  ...{ kind: "misuse", occurredOn: today, reportedBy: "Servicedesk", description: "Een account is gedeeld." },
};

const contactForm = "/organisaties/{id}/incidenten/{incidentId}/contact-vastleggen";

/** Every form with a key of its own, but the one of a link (operations/sessions/known-browser.test.ts). */
const forms: Readonly<Record<string, SentForm>> = {
  "/wachtwoord-aanvragen": {
    by: atCare,
    fields: { username: "ftest" },
    leaves: ["password-link.requested", "password-link"],
  },
  "/wachtwoord-wijzigen": {
    by: atCare,
    fields: { current: oldPassword, password: newPassword, repeat: newPassword },
    leaves: ["password.set", "password-changed"],
  },
  "/organisaties/{id}/gebruiker-toevoegen": {
    by: atCare,
    parameters: care,
    fields: person,
    leaves: ["user.created", "welcome"],
  },
  "/organisaties/{id}/gebruikers/{username}": {
    by: atCare,
    parameters: oneUser,
    fields: { ...person, email: "femke.test@zorg.example", versie: '"1"' },
    leaves: ["user.edited"],
  },
  "/organisaties/{id}/gebruikers/{username}/verwijderen": {
    by: atCare,
    parameters: oneUser,
    fields: { reason: "Uit dienst." },
    leaves: ["user.deleted"],
  },
  "/organisaties/{id}/gebruikers/{username}/wachtwoordlink": {
    by: atCare,
    parameters: oneUser,
    fields: {},
    leaves: ["password-link.requested", "password-link"],
  },
  "/organisatie-registreren": {
    by: atCiz,
    fields: { ...data, ...first },
    leaves: ["organisation.registered", "user.created", "welcome"],
  },
  "/organisaties/{id}/gegevens-wijzigen": {
    by: atCiz,
    parameters: care,
    fields: { ...data, versie: '"1"' },
    leaves: ["organisation.changed", "organisation-changed"],
  },
  "/organisaties/{id}/gebruikers/{username}/rollen": {
    by: atCiz,
    parameters: oneUser,
    fields: { roles: "organisation-admin" },
    leaves: ["roles.changed"],
  },
  "/organisaties/{id}/incident-vastleggen": {
    by: atCiz,
    parameters: care,
    fields: incident,
    leaves: ["incident.recorded"],
  },
  [contactForm]: {
    by: atCiz,
    parameters: care,
    after: ["/organisaties/{id}/incident-vastleggen"],
    fields: {
      with: "contact-person",
      name: "Karin",
      means: "phone",
      summary: "Besproken.",
      day: today,
      time: "00:01",
    },
    leaves: ["contact.logged"],
  },
  "/organisaties/{id}/toegang-sluiten": {
    by: atCiz,
    parameters: care,
    after: ["/organisaties/{id}/incident-vastleggen", contactForm],
    fields: { stap: "sluiten", ground: "misuse", assessment: "" },
    leaves: ["organisation.closed", "access-closed", "access-closed"],
  },
  "/organisaties/{id}/toegang-heropenen": {
    by: atCiz,
    parameters: care,
    after: ["/organisaties/{id}/incident-vastleggen", contactForm, "/organisaties/{id}/toegang-sluiten"],
    fields: { reason: "Iedereen heeft nu een eigen account." },
    leaves: ["organisation.reopened", "access-reopened", "access-reopened"],
  },
};

async function incidentId(): Promise<string> {
  const items = (await tables.items()).filter(({ SK }) => String(SK).startsWith("INCIDENT#"));
  return typeof items[0]?.["id"] === "string" ? items[0]["id"] : "";
}

/** A way to send the form at this address, each time with the same key. */
async function sender(path: string): Promise<(key?: string) => Promise<Answer>> {
  const form = forms[path]!;
  for (const earlier of form.after ?? []) {
    expect((await (await sentFrom(earlier))()).statusCode).toBe(303);
  }
  return sentFrom(path);
}

async function sentFrom(path: string): Promise<(key?: string) => Promise<Answer>> {
  const form = forms[path]!;
  const { visit } = pagesOf(form.by);
  const id = await incidentId();
  const to = (key: string): Visit => ({
    method: "POST",
    resource: path,
    headers: { Cookie: "__Host-portero=geheim" },
    parameters: { ...form.parameters, incidentId: id },
    form: { ...form.fields, ...(path.endsWith("sluiten") && { incidentIds: id }), sleutel: key },
  });
  return (key = "k1") => visit(to(key));
}

const left = async () => {
  const events = (await tables.auditEvents()).map(({ action }) => String(action));
  const mails = (await tables.items("MAIL#")).map(({ template }) => String(template));
  return [...events, ...mails].filter((one) => one !== "personal-data.viewed").toSorted();
};
/** The events and mails that sending left. */
async function leftBy(act: () => Promise<unknown>): Promise<string[]> {
  const before = await left();
  await act();
  const after = await left();
  for (const one of before) after.splice(after.indexOf(one), 1);
  return after;
}

const essence = ({ statusCode, headers, body }: Answer) => [statusCode, headers["Location"], body];
const paths = Object.keys(forms);

it("every form with a key is tried here", () => {
  const otherwise = [
    ...["/", "/uitloggen", "/wachtwoord/{token}"],
    ...["/organisaties/{id}/gebruikers-importeren", "/organisaties/{id}/gebruikers-importeren/{key}"],
  ];
  const posts = allPages.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect([...paths, ...otherwise].toSorted()).toEqual(posts.toSorted());
});

describe("a form that is sent twice is answered twice alike, and carried out once (DESIGN §4)", () => {
  it.each(paths)("one after the other: %s", async (path) => {
    const send = await sender(path);
    const answers: Answer[] = [];
    const done = await leftBy(async () => {
      answers.push(await send());
    });
    expect(done).toEqual(forms[path]!.leaves.toSorted());
    const repeated = await leftBy(async () => {
      answers.push(await send());
    });
    expect(repeated).toEqual([]);
    expect(essence(answers[1]!)).toEqual(essence(answers[0]!));
    expect(answers[0]!.statusCode).toBeLessThan(400);
  });

  it.each(paths)("at the same moment: %s", async (path) => {
    const send = await sender(path);
    let answers: Answer[] = [];
    const done = await leftBy(async () => {
      answers = await Promise.all([send(), send(), send()]);
    });
    expect(done).toEqual(forms[path]!.leaves.toSorted());
    for (const answer of answers) expect(essence(answer)).toEqual(essence(answers[0]!));
    expect(answers[0]!.statusCode).toBeLessThan(400);
  });

  it.each(paths)("and a kept answer holds nothing that can be read, and no cookie: %s", async (path) => {
    const { fields } = forms[path]!;
    const send = await sender(path);
    const { headers } = await send("a-secret-key");
    expect(headers["Set-Cookie"]).toBeUndefined();
    const kept = JSON.stringify(
      (await tables.items("ANSWER#")).map((item) => ({ ...item, sealed: String(item["sealed"]) })),
    );
    const secrets = Object.values(fields).filter((value) => value.length > 8 && value !== today);
    for (const secret of [...secrets, "a-secret-key"]) expect(kept).not.toContain(secret);
    expect((await tables.items("ANSWER#")).length).toBeGreaterThan(0);
  });
});

describe("changing a password by a form that is sent twice", () => {
  const path = "/wachtwoord-wijzigen";

  it("counts no failed attempt, though the password that was given is no longer the current one", async () => {
    const send = await sender(path);
    for (let time = 0; time < 8; time += 1) expect((await send()).statusCode).toBe(200);
    expect((await tables.items()).filter(({ PK }) => String(PK).includes("GUARD"))).toEqual([]);
    const other = await send("k2");
    expect(other.statusCode).toBe(403);
  });

  it("waits for the first sending while that one has set the password and not recorded it yet", async () => {
    const send = await sender(path);
    let second: Promise<Answer> | null = null;
    identityProvider.meanwhile = async () => {
      second = send();
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const done = await leftBy(async () => {
      expect((await send()).statusCode).toBe(200);
      expect((await second)?.statusCode).toBe(200);
    });
    expect(done.toSorted()).toEqual(["password-changed", "password.set"]);
  });

  it("has another password refused under the same key, and sets nothing", async () => {
    const send = await sender(path);
    await send();
    const { visit } = pagesOf(atCare);
    const fields = {
      current: newPassword,
      password: "Klaproos-99!x",
      repeat: "Klaproos-99!x",
      sleutel: "k1",
    };
    const headers = { Cookie: "__Host-portero=geheim" };
    const { statusCode, body } = await visit({ method: "POST", resource: path, headers, form: fields });
    expect(statusCode).toBe(422);
    expect(body).toContain("U hebt dit formulier al verstuurd");
    expect(identityProvider.password).toBe(newPassword);
  });
});

describe("changing an organisation's data by a form that is sent twice", () => {
  it("shows the users outside the domains both times", async () => {
    const path = "/organisaties/{id}/gegevens-wijzigen";
    const { visit } = pagesOf(atCiz);
    const form = { ...data, emailDomains: "elders.example", versie: '"1"', sleutel: "k1" };
    const headers = { Cookie: "__Host-portero=geheim" };
    const send = () => visit({ method: "POST", resource: path, parameters: care, headers, form });
    const answer = await send();
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("ftest");
    expect(essence(await send())).toEqual(essence(answer));
  });
});

it("the first sending of a form costs no call more than without a key", async () => {
  const costs = async (sleutel: string) => {
    const { visit } = pagesOf(atCare);
    const headers = { Cookie: "__Host-portero=geheim" };
    const form = { ...person, email: "femke.test@zorg.example", versie: '"1"', sleutel };
    await visit({ resource: "/welkom", headers });
    tables.forget();
    const resource = "/organisaties/{id}/gebruikers/{username}";
    const { statusCode } = await visit({ method: "POST", resource, parameters: oneUser, headers, form });
    expect(statusCode).toBe(303);
    return tables.requests.length;
  };
  const withKey = await costs("k1");
  expect(withKey).toBe(3);
});
