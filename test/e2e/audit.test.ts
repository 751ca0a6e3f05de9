import { beforeAll, describe, expect, it } from "vitest";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { newPerson, Stack } from "../support/stack.ts";

interface Event {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly username: string; readonly organisationId: string } | null;
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly outcome: string;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly text: string;
}

describe("the audit trail, by the interface", () => {
  const stack = Stack.shared();
  let organisation: CareOrganisation;
  let token: string;
  let added: string;
  beforeAll(async () => {
    const manager = await stack.tokenOf(stack.account("contract-manager"));
    organisation = await registerCareOrganisation(stack, manager);
    token = await stack.tokenOf(organisation.administrator);
    const domain = organisation.administrator.email.split("@")[1] ?? "";
    const body = newPerson({ email: `nieuw@${domain}` });
    const created = await stack.call("POST", `/v1/organisations/${organisation.id}/users`, { token, body });
    added = created.body.username as string;
    await stack.signIn({ username: organisation.user.username, password: "Not-the-password-1" });
  });

  const events = async (query: string, headers?: Record<string, string>, as = token) => {
    const path = `/v1/organisations/${organisation.id}/audit-events${query}`;
    const { status, body } = await stack.call("GET", path, { token: as, ...(headers && { headers }) });
    expect(status).toBe(200);
    return body as { items: Event[]; next: string | null; total: number };
  };

  it("tells from the registration on who did what, newest first, in either language", async () => {
    const { items, total } = await events("?limit=100");
    expect(items).toHaveLength(total);
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(items.at(-1)?.action).toMatch(/^(?:organisation\.registered|user\.created)$/);
    const creation = items.find(({ subject, action }) => subject.id === added && action === "user.created");
    const by = organisation.administrator.username;
    expect(creation).toMatchObject({
      actor: { username: by, organisationId: organisation.id },
      subject: { type: "user", id: added },
      outcome: "done",
      address: "127.0.0.1",
      text: `Gebruiker ${added} is toegevoegd door ${by}.`,
    });
    expect(creation?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const english = await events(`?subject=${added}`, { "Accept-Language": "en" });
    expect(english.items.map(({ text }) => text)).toContain(`User ${added} was added by ${by}.`);
  });

  it("has refused sign-ins, and no trace of what was typed", async () => {
    const { items } = await events(`?subject=${organisation.user.username}`);
    const refused = items.find(({ action }) => action === "session.refused");
    expect(refused).toMatchObject({ outcome: "refused" });
    expect(refused?.text).toContain("is geweigerd: de gebruikersnaam of het wachtwoord klopte niet.");
    const all = JSON.stringify(await events("?limit=100"));
    expect(all).not.toContain("Not-the-password-1");
    expect(all).not.toContain(organisation.administrator.email);
  });

  it("page by page, by person and by day", async () => {
    const whole = await events("?limit=100");
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page = await events(`?limit=3${after === null ? "" : `&after=${encodeURIComponent(after)}`}`);
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
      expect(page.total).toBe(whole.total);
    } while (after !== null);
    expect(ids).toEqual(whole.items.map(({ id }) => id));
    const byAdministrator = await events(`?actor=${organisation.administrator.username}`);
    expect(byAdministrator.items.map(({ action }) => action)).toContain("user.created");
    expect((await events("?to=2020-12-31")).total).toBe(0);
    expect((await events("?from=2020-12-31&limit=1")).total).toBe(whole.total);
  });

  it("shows that CIZ has looked at it", async () => {
    const desk = stack.account("service-desk");
    await events("", undefined, await stack.tokenOf(desk));
    const [newest] = (await events("?limit=1")).items;
    expect(newest).toMatchObject({ action: "personal-data.viewed", actor: { username: desk.username } });
  });
});
