import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "../../infra/functions.ts";
import type { Route } from "../../shared/operations/kit/route.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { newPerson, Stack, type Answer } from "../support/stack.ts";

const routes = new Map(
  Object.values(apiRoutes).flatMap((one): [string, Route][] => Object.entries(one as Record<string, Route>)),
);
const today = new Date().toISOString().slice(0, 10);

interface Attempt {
  readonly path: string;
  readonly body: unknown;
  /** A request that the same key must refuse. */
  readonly other: unknown;
  readonly type?: string;
}

/** In the order in which they can be done at one organisation. */
const attempts: Record<string, (organisation: CareOrganisation, incidentId: string) => Attempt> = {
  registerOrganisation: () => {
    const name = `Zorghuis ${randomUUID().slice(0, 8)}`;
    const people = { name: "Karin Bakker", email: "k.bakker@zorghuis.example" };
    const administrator = newPerson();
    const body = {
      ...{
        name,
        contactPerson: people,
        signatory: people,
        profile: "basis",
        emailDomains: [domainOf(administrator.email)],
      },
      ...{ contract: { signedOn: "2026-01-05" }, administrator },
    };
    return { path: "/v1/organisations", body, other: { ...body, profile: "volledig" } };
  },
  createUser: ({ id, administrator }) => {
    const body = newPerson({ email: `dubbel@${domainOf(administrator.email)}` });
    return { path: `/v1/organisations/${id}/users`, body, other: { ...body, firstName: "Fenna" } };
  },
  importUsers: ({ id, administrator }) => {
    const line = `F.,Femke,Dubbel,dubbel-uit-bestand@${domainOf(administrator.email)}`;
    const body = `initials,firstName,lastName,email\n${line}\n`;
    return { path: `/v1/organisations/${id}/user-imports`, body, other: `${body}\n`, type: "text/csv" };
  },
  recordIncident: ({ id }) => {
    const body = {
      kind: "misuse",
      description: "Wat er gebeurde.",
      occurredOn: today,
      reportedBy: "Servicedesk",
    };
    const usernames: string[] = [];
    return {
      path: `/v1/organisations/${id}/incidents`,
      body: { ...body, usernames },
      other: { ...body, usernames, kind: "careless-use" },
    };
  },
  logContact: ({ id }, incidentId) => {
    const body = {
      ...{ at: new Date().toISOString(), with: "contact-person", name: "Karin Bakker", means: "phone" },
      summary: "Afgesproken dat het niet meer gebeurt.",
    };
    const path = `/v1/organisations/${id}/incidents/${incidentId}/contacts`;
    return { path, body, other: { ...body, means: "letter" } };
  },
  closeAccess: ({ id }, incidentId) => ({
    path: `/v1/organisations/${id}/closures`,
    body: { ground: "misuse", incidentIds: [incidentId] },
    other: { ground: "misuse", incidentIds: [incidentId], assessment: "Iets anders." },
  }),
  reopenAccess: ({ id }) => ({
    path: `/v1/organisations/${id}/reopenings`,
    body: { reason: "Iedereen heeft nu een eigen account." },
    other: { reason: "Iets anders." },
  }),
};

const domainOf = (email: string) => email.split("@")[1] ?? "";

it("every POST that creates something takes an Idempotency-Key, and is tried here", () => {
  const creating = [...routes].filter(
    ([id, { method, success }]) => method === "POST" && success.status === 201 && id !== "signIn",
  );
  const repeatable = [...routes].flatMap(([id, { idempotent }]) => (idempotent ? [id] : []));
  expect(repeatable).toEqual(expect.arrayContaining(creating.map(([id]) => id)));
  expect(Object.keys(attempts).toSorted()).toEqual(repeatable.toSorted());
});

describe("the same request with the same key (DESIGN §4)", () => {
  const stack = Stack.shared();
  let token: string;
  let organisation: CareOrganisation;
  let incidentId = "";
  beforeAll(async () => {
    token = await stack.tokenOf(stack.account("contract-manager"));
    organisation = await registerCareOrganisation(stack, token);
  });

  const essence = ({ status, headers, body }: Answer) => ({
    ...{ status, body, location: headers.get("location"), etag: headers.get("etag") },
  });

  it.each(Object.entries(attempts))("%s is answered alike, and done once", async (id, attemptAt) => {
    const { path, body, other, type } = attemptAt(organisation, incidentId);
    const headers = { "Idempotency-Key": randomUUID(), ...(type !== undefined && { "Content-Type": type }) };
    const post = (what: unknown) => stack.call("POST", path, { token, body: what, headers });
    // Each repeat shows CIZ the data again, which is in the trail too.
    const changes = async () => {
      const trail = `/v1/organisations/${organisation.id}/audit-events?limit=100&actor=${stack.account("contract-manager").username}`;
      const { items } = (await stack.call("GET", trail, { token })).body as { items: { action: string }[] };
      return items.filter(({ action }) => action !== "personal-data.viewed").length;
    };
    const answers = await Promise.all([post(body), post(body), post(body)]);
    const [first] = answers;
    expect(first.status).toBe(routes.get(id)?.success.status);
    const after = await changes();
    const later = await post(body);
    for (const answer of [...answers, later]) expect(essence(answer)).toEqual(essence(first));
    const reused = await post(other);
    expect([reused.status, reused.body.type]).toEqual([422, "urn:portero:problem:idempotency-key-reused"]);
    expect(await changes()).toBe(after);
    if (id === "recordIncident") incidentId = first.body.id as string;
  });
});
