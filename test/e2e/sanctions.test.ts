import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { readPdf } from "../support/pdf.ts";
import { Stack, type Answer } from "../support/stack.ts";

const slug = ({ status, body }: Answer) => [status, String(body.type).replace("urn:portero:problem:", "")];
const today = new Date().toISOString().slice(0, 10);

describe("sanctions, from the first incident to the letter", () => {
  const stack = Stack.shared();
  let manager: string;
  let serviceDesk: string;
  beforeAll(async () => {
    manager = await stack.tokenOf(stack.account("contract-manager"));
    serviceDesk = await stack.tokenOf(stack.account("service-desk"));
  });

  const act = (token: string, { id }: CareOrganisation) => ({
    incident: (kind: string, usernames: string[] = []) =>
      stack.call("POST", `/v1/organisations/${id}/incidents`, {
        token,
        body: {
          kind,
          description: "Wat er gebeurde.",
          occurredOn: today,
          reportedBy: "Servicedesk",
          usernames,
        },
      }),
    contact: (incidentId: string, partner: string) =>
      stack.call("POST", `/v1/organisations/${id}/incidents/${incidentId}/contacts`, {
        token,
        body: {
          ...{ at: new Date().toISOString(), with: partner, name: "Karin Bakker", means: "phone" },
          summary: "Afgesproken dat het niet meer gebeurt.",
        },
      }),
    close: (body: object) => stack.call("POST", `/v1/organisations/${id}/closures`, { token, body }),
    reopen: () =>
      stack.call("POST", `/v1/organisations/${id}/reopenings`, {
        token,
        body: { reason: "Iedereen heeft nu een eigen account." },
      }),
  });

  /** Sends no Accept where none is given, while `fetch` would. */
  const letterOf = async (location: string, token = manager, accept?: string) => {
    const headers = { Authorization: `Bearer ${token}`, ...(accept !== undefined && { Accept: accept }) };
    const sent = request(`${stack.baseUrl}${location}`, { headers }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return { headers: response.headers, bytes: new Uint8Array(await buffer(response)) };
  };

  const trailOf = async ({ id }: CareOrganisation) => {
    const answer = await stack.call("GET", `/v1/organisations/${id}/audit-events?limit=100`, {
      token: manager,
    });
    expect(answer.status).toBe(200);
    return answer.body.items as { action: string; outcome: string }[];
  };

  describe("misuse", () => {
    let organisation: CareOrganisation;
    let sessions: { idToken: string; refreshToken: string }[];
    let closed: Answer;
    let letter: Uint8Array;

    it("a misuse incident, a contact, and everyone is out", async () => {
      organisation = await registerCareOrganisation(stack, manager);
      const { administrator, user } = organisation;
      sessions = [];
      for (const person of [administrator, user]) {
        sessions.push((await stack.signIn(person)).body as { idToken: string; refreshToken: string });
      }
      const manages = act(manager, organisation);
      const recorded = await manages.incident("misuse", [user.username]);
      expect(recorded.status).toBe(201);
      expect(recorded.body).toMatchObject({
        ...{ kind: "misuse", occurredOn: today, reportedBy: "Servicedesk", usernames: [user.username] },
        ...{ recordedBy: stack.account("contract-manager").username, contacts: [] },
      });
      const incidentIds = [recorded.body.id as string];
      const tooSoon = await manages.close({ ground: "misuse", incidentIds });
      expect(slug(tooSoon)).toEqual([422, "closure-not-grounded"]);
      expect(tooSoon.body.errors.map(({ code }: { code: string }) => code)).toEqual(["no-contact-on-misuse"]);
      const logged = await manages.contact(incidentIds[0]!, "employee");
      expect([logged.status, logged.body.contacts.length]).toEqual([201, 1]);
      closed = await manages.close({ ground: "misuse", incidentIds });
      expect(closed.status).toBe(201);
      expect(closed.body).toMatchObject({
        ground: "misuse",
        incidentIds,
        assessment: null,
        reopenedAt: null,
      });
      expect(slug(await manages.close({ ground: "misuse", incidentIds }))).toEqual([409, "already-closed"]);
    });

    it("tokens from before are refused at the next request, and so is refreshing", async () => {
      for (const { idToken, refreshToken } of sessions) {
        expect(slug(await stack.call("GET", "/v1/me", { token: idToken }))).toEqual([
          401,
          "not-authenticated",
        ]);
        const refreshed = await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
        expect(refreshed.status).toBe(401);
      }
      expect(slug(await stack.signIn(organisation.user))).toEqual([403, "organisation-closed"]);
    });

    it("asking for a link is answered like any other, and sends nothing", async () => {
      const { user } = organisation;
      const before = (await stack.mails(user.email)).length;
      const asked = await stack.call("POST", "/v1/password-links", { body: { username: user.username } });
      const unknown = await stack.call("POST", "/v1/password-links", { body: { username: "nobodyhere" } });
      expect([asked.status, asked.body]).toEqual([unknown.status, unknown.body]);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const mails = (await stack.mails(user.email)).slice(before);
      expect(mails.map(({ subject }) => subject).filter((one) => one.includes("wachtwoord"))).toEqual([]);
    });

    it("signatory and contact person get the letter, the user involved gets word", async () => {
      const location = closed.headers.get("location")!;
      const read = await letterOf(location);
      expect(read.headers["content-type"]).toBe("application/pdf");
      letter = read.bytes;
      for (const { email } of [organisation.signatory, organisation.contactPerson]) {
        const [mail, ...others] = await stack.waitForMails(email, 1);
        expect(others).toEqual([]);
        expect(mail?.subject).toBe("De toegang van uw organisatie tot Portero is gesloten");
        expect(mail?.text).toContain("misbruik");
        expect(mail?.attachments).toHaveLength(1);
        expect(Buffer.from(mail!.attachments[0]!.content, "base64").equals(Buffer.from(letter))).toBe(true);
      }
      const told = (await stack.mails(organisation.user.email)).at(-1);
      expect(told?.subject).toBe("U bent betrokken bij misbruik van Portero");
      const others = (await stack.mails(organisation.administrator.email)).map(({ subject }) => subject);
      expect(others).not.toContain("U bent betrokken bij misbruik van Portero");
    });

    it("the letter can be read back, and is the same each time, for the service desk as well", async () => {
      const { pages, sizes } = await readPdf(letter);
      const text = pages.join(" ").replaceAll(/\s+/g, " ");
      for (const part of [
        organisation.name,
        "T.a.v. Hendrik Prins",
        "Geachte Hendrik Prins,",
        "misbruik van Portero",
        "Wij hadden hierover contact op",
        "binnen 6 weken",
        "Bel de servicedesk",
      ]) {
        expect(text).toContain(part);
      }
      expect(sizes.every(([width, height]) => Math.round(width) === 595 && Math.round(height) === 842)).toBe(
        true,
      );
      const again = await letterOf(closed.headers.get("location")!, serviceDesk);
      expect(Buffer.from(again.bytes).equals(Buffer.from(letter))).toBe(true);
    });

    it.each(["*/*", undefined, "application/json, application/pdf", "text/html"])(
      "the letter comes as bytes, whatever Accept says: %s",
      async (accept) => {
        const { bytes } = await letterOf(closed.headers.get("location")!, serviceDesk, accept);
        expect(Buffer.from(bytes).equals(Buffer.from(letter))).toBe(true);
      },
    );

    it("after the reopening they sign in again; sessions and links from before stay ended", async () => {
      const reopened = await act(manager, organisation).reopen();
      expect(reopened.status).toBe(201);
      expect(reopened.body).toMatchObject({
        id: closed.body.id,
        reopeningReason: "Iedereen heeft nu een eigen account.",
      });
      expect(slug(await act(manager, organisation).reopen())).toEqual([409, "not-closed"]);
      for (const { idToken, refreshToken } of sessions) {
        expect((await stack.call("GET", "/v1/me", { token: idToken })).status).toBe(401);
        expect((await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } })).status).toBe(
          401,
        );
      }
      for (const person of [organisation.administrator, organisation.user]) {
        const token = await stack.tokenOf(person);
        expect((await stack.call("GET", "/v1/me", { token })).status).toBe(200);
      }
      const [, mail] = await stack.waitForMails(organisation.signatory.email, 2);
      expect(mail?.subject).toBe("De toegang van uw organisatie tot Portero is weer open");
      const { pages } = await readPdf(Buffer.from(mail!.attachments[0]!.content, "base64"));
      expect(pages.join(" ")).toContain("Iedereen heeft nu een eigen account.");
    });

    it("every step is in the audit trail", async () => {
      const trail = await trailOf(organisation);
      const steps = trail.map(({ action, outcome }) => `${action} ${outcome}`);
      for (const step of [
        "incident.recorded done",
        "organisation.closed refused",
        "contact.logged done",
        "organisation.closed done",
        "organisation.reopened done",
        "personal-data.viewed done",
      ]) {
        expect(steps).toContain(step);
      }
    });
  });

  describe("repeated careless use", () => {
    it("two incidents, a contact with the organisation and an assessment close access", async () => {
      const organisation = await registerCareOrganisation(stack, manager);
      const manages = act(manager, organisation);
      const ground = "repeated-careless-use";
      const nothing = await manages.close({ ground, incidentIds: [] });
      expect(nothing.body.errors.map(({ code }: { code: string }) => code)).toEqual([
        "too-few-careless-use-incidents",
        "no-contact-with-organisation",
        "no-assessment",
      ]);
      const incidentIds = [
        (await manages.incident("careless-use")).body.id as string,
        (await manages.incident("careless-use", [organisation.user.username])).body.id as string,
      ];
      await manages.contact(incidentIds[1]!, "signatory");
      const unassessed = await manages.close({ ground, incidentIds });
      expect(unassessed.body.errors).toMatchObject([{ pointer: "/assessment", code: "no-assessment" }]);
      const unknown = await manages.close({
        ground,
        incidentIds: [...incidentIds, "other"],
        assessment: "Slecht.",
      });
      expect(unknown.body.errors).toMatchObject([{ pointer: "/incidentIds/2", code: "unknown-incident" }]);
      const closed = await manages.close({
        ground,
        incidentIds,
        assessment: "Zij houden zich niet aan de regels.",
      });
      expect(closed.status).toBe(201);
      await stack.waitForMails(organisation.contactPerson.email, 1);
      const { pages } = await readPdf((await letterOf(closed.headers.get("location")!)).bytes);
      expect(pages.join(" ")).toContain("Zij houden zich niet aan de regels.");
      const told = (await stack.mails(organisation.user.email)).map(({ subject }) => subject);
      expect(told).not.toContain("U bent betrokken bij misbruik van Portero");
    });
  });

  it("two contract managers at once: one 201, one 409, one letter", async () => {
    const organisation = await registerCareOrganisation(stack, manager);
    const manages = act(manager, organisation);
    const { id } = (await manages.incident("misuse")).body as { id: string };
    await manages.contact(id, "contact-person");
    const answers = await Promise.all(
      [1, 2].map(() => manages.close({ ground: "misuse", incidentIds: [id] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    await stack.waitForMails(organisation.signatory.email, 1);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await stack.mails(organisation.signatory.email)).toHaveLength(1);
    const closures = await stack.call("GET", `/v1/organisations/${organisation.id}/closures`, {
      token: serviceDesk,
    });
    expect(closures.body).toMatchObject({ total: 1 });
  });

  it("only users of the organisation can be involved, and nothing lies in the future", async () => {
    const organisation = await registerCareOrganisation(stack, manager);
    const stranger = stack.account("organisation-admin").username;
    const manages = act(manager, organisation);
    const refused = await manages.incident("misuse", [organisation.user.username, stranger]);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ pointer: "/usernames/1", code: "unknown-user" }]);
    const recorded = (await manages.incident("misuse")).body as { id: string };
    const future = await stack.call(
      "POST",
      `/v1/organisations/${organisation.id}/incidents/${recorded.id}/contacts`,
      {
        token: manager,
        body: {
          at: "2100-01-01T00:00:00Z",
          with: "employee",
          name: "Femke",
          means: "phone",
          summary: "Later.",
        },
      },
    );
    expect(future.body.errors).toMatchObject([{ pointer: "/at", code: "future" }]);
  });

  it("the service desk reads all of it and changes nothing; administrators see none of it", async () => {
    const administrator = stack.account("organisation-admin");
    const id = administrator.organisationId;
    const token = await stack.tokenOf(administrator);
    for (const path of [`/v1/organisations/${id}/incidents`, `/v1/organisations/${id}/closures`]) {
      expect((await stack.call("GET", path, { token: serviceDesk })).status).toBe(200);
      expect((await stack.call("GET", path, { token })).status).toBe(403);
    }
    const fake = { id } as CareOrganisation;
    for (const one of [serviceDesk, token]) {
      expect((await act(one, fake).incident("misuse")).status).toBe(403);
      expect((await act(one, fake).close({ ground: "misuse", incidentIds: [] })).status).toBe(403);
      expect((await act(one, fake).reopen()).status).toBe(403);
    }
  });

  it("the operator's own access cannot be closed", async () => {
    const operator = { id: "1" } as CareOrganisation;
    const answer = await act(manager, operator).close({ ground: "misuse", incidentIds: [] });
    expect(slug(answer)).toEqual([403, "not-allowed"]);
  });
});
