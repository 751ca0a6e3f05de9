import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { organisationShown, userShown } from "../../../../shared/operations/kit/data-access.ts";
import { routes as organisationRoutes } from "../../../../shared/operations/organisations/routes.ts";
import { routes as userRoutes } from "../../../../shared/operations/users/routes.ts";
import type { WebDependencies } from "../../../../shared/web/kit/web-app.ts";
import { pageOperations } from "../../../../shared/web/kit/page-operation.ts";
import { browse, careOrganisation, colleague, operatorAs, signedInAs, type Visit } from "../browser.ts";

const shown = userShown(colleague);
const user = { body: colleague, headers: { ETag: '"3"' }, dataAccess: shown };
const organisation = { body: careOrganisation, dataAccess: organisationShown("2") };

function site() {
  const perOperation = vi.fn(() => Promise.resolve());
  const record = vi.fn<WebDependencies["recordDataAccess"]>(() => Promise.resolve());
  const calls = { recordDataAccess: perOperation };
  const edited = vi.fn(() => Promise.resolve({ ...user, audited: true as const }));
  const pages = {
    ...pageOperations(userRoutes, { getUser: () => Promise.resolve(user), editUser: edited }, calls),
    ...pageOperations(organisationRoutes, { getOrganisation: () => Promise.resolve(organisation) }, calls),
  };
  return { pages: { ...pages, recordDataAccess: record }, record, perOperation, edited };
}

const headers = { Cookie: "__Host-portero=geheim" };
const one: Visit = {
  resource: "/organisaties/{id}/gebruikers/{username}",
  parameters: { id: "2", username: "kbakker" },
  headers,
};
const actor = { username: "ftest", organisationId: "1" };

describe("a page that shows CIZ data (SECURITY 22)", () => {
  it("is recorded once, however many operations it calls", async () => {
    const { pages, record, perOperation } = site();
    const { statusCode } = await browse({ ...pages, ...operatorAs("service-desk") }).visit(one);
    expect(statusCode).toBe(200);
    expect(record).toHaveBeenCalledExactlyOnceWith(
      [shown, organisation.dataAccess],
      expect.objectContaining({ actor }),
    );
    expect(perOperation).not.toHaveBeenCalled();
  });

  it("is not answered if it cannot be recorded", async () => {
    const { pages, record } = site();
    record.mockRejectedValue(new DomainError("temporarily-unavailable"));
    const { statusCode, body } = await browse({ ...pages, ...operatorAs("service-desk") }).visit(one);
    expect(statusCode).toBe(503);
    expect(body).not.toContain(colleague.email);
  });

  it("is recorded when a form that was refused shows the data again, but not when a form was taken", async () => {
    const { pages, record, edited } = site();
    const { visit } = browse({ ...pages, ...operatorAs("contract-manager") });
    const person = { initials: "K.", firstName: "Karin", lastName: "Anders", email: "k@zorg.example" };
    const form = { ...one, form: { ...person, versie: '"3"' } };
    expect((await visit(form)).statusCode).toBe(303);
    expect(record.mock.calls.filter(([accesses]) => accesses.length > 0)).toEqual([]);
    edited.mockRejectedValue(new DomainError("precondition-failed"));
    expect((await visit(form)).statusCode).toBe(412);
    expect(record.mock.lastCall?.[0]).toEqual([shown, organisation.dataAccess]);
  });

  it("is not recorded for the organisation's own administrator", async () => {
    const { pages, record } = site();
    await browse({ ...pages, ...signedInAs("organisation-admin") }).visit(one);
    expect(record).toHaveBeenCalledExactlyOnceWith([], expect.anything());
  });
});
