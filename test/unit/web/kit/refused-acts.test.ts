import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { ForeignOrganisation } from "../../../../shared/http/authorisation.ts";
import type { WebDependencies } from "../../../../shared/web/kit/web-app.ts";
import { browse, operatorAs, signedInAs, type Visit } from "../browser.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const deleting: Visit = {
  resource: "/organisaties/{id}/gebruikers/{username}/verwijderen",
  parameters: { id: "2", username: "kbakker" },
  headers,
};

function recorder() {
  return vi.fn<WebDependencies["recordRefusedAct"]>(() => Promise.resolve());
}

describe("a page that refuses a signed-in user (SECURITY 22)", () => {
  it("records it once, with the page and what its address names", async () => {
    const recordRefusedAct = recorder();
    const { visit } = browse({ ...operatorAs("service-desk"), recordRefusedAct });
    expect((await visit(deleting)).statusCode).toBe(403);
    expect(recordRefusedAct).toHaveBeenCalledOnce();
    const [error, act] = recordRefusedAct.mock.lastCall ?? [];
    expect(error).toMatchObject({ code: "not-allowed" });
    expect(act).toMatchObject({
      caller: { user: { organisationId: "1", roles: ["service-desk"] } },
      route: { method: "GET", path: deleting.resource },
      params: { id: "2", username: "kbakker" },
    });
  });

  it("records the refusal of an operation behind a form as well", async () => {
    const recordRefusedAct = recorder();
    const deleteUser = () => Promise.reject(new ForeignOrganisation());
    const { visit } = browse({ ...signedInAs("organisation-admin"), deleteUser, recordRefusedAct });
    expect((await visit({ ...deleting, form: { reason: "x" } })).statusCode).toBe(404);
    expect(recordRefusedAct.mock.lastCall?.[0]).toBeInstanceOf(ForeignOrganisation);
    expect(recordRefusedAct.mock.lastCall?.[1].route.method).toBe("POST");
  });

  it("records nothing without a session, nor for a form from another site", async () => {
    const recordRefusedAct = recorder();
    const nobody = browse({ findWebSession: () => Promise.resolve(null), recordRefusedAct });
    await nobody.visit(deleting);
    const { visit } = browse({ ...operatorAs("service-desk"), recordRefusedAct });
    const forged = { ...headers, "Sec-Fetch-Site": "cross-site" };
    expect((await visit({ ...deleting, headers: forged, form: { reason: "x" } })).statusCode).toBe(403);
    expect(recordRefusedAct).not.toHaveBeenCalled();
  });

  it("is answered with the error's own page", async () => {
    const getUser = () => Promise.reject(new DomainError("not-found"));
    const { statusCode, body } = await browse({ ...operatorAs("service-desk"), getUser }).visit(deleting);
    expect(statusCode).toBe(404);
    expect(body).toContain("<h1>Niet gevonden</h1>");
  });
});
