import { describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { DomainError } from "../../../shared/domain/errors.ts";
import { callOperation } from "../../../shared/http/call-operation.ts";
import type { Caller, DataAccess, OperationResponse } from "../../../shared/operations/kit/operation.ts";
import { recordDataAccess } from "../../../shared/http/record-data-access.ts";
import { administratorsAndOperator, defineRoutes } from "../../../shared/operations/kit/route.ts";
import { organisationId } from "../../../shared/operations/kit/schemas.ts";
import { organisation, user } from "../../support/domain.ts";
import { incomingCall } from "../../support/incoming-call.ts";

const { change } = defineRoutes({
  change: {
    method: "POST",
    path: "/v1/organisations/{id}/things",
    who: administratorsAndOperator,
    summary: "",
    tag: "",
    params: z.strictObject({ id: organisationId }),
    body: z.strictObject({ name: z.string() }),
    success: { status: 200, schema: z.object({ name: z.string() }), description: "" },
    problems: ["already-closed", "import-rejected"],
    problemSchemas: { "import-rejected": z.object({ rows: z.array(z.string()) }) },
  },
});

const caller = (roles: Caller["user"]["roles"], of = "2"): Caller => ({
  user: user({ roles, organisationId: of }),
  organisation: organisation({ id: of }),
  sessionId: "session",
});
const administrator = caller(["organisation-admin"]);
const serviceDesk = caller(["service-desk"], "1");
const shown: DataAccess = { organisationId: "2", detail: { what: "things" } };

function world() {
  const append = vi.fn(() => Promise.resolve());
  const operation = vi.fn(({ body }: { body: { name: string } }): Promise<OperationResponse<typeof change>> =>
    Promise.resolve({ body: { name: body.name }, dataAccess: shown }),
  );
  const clock = () => new Date("2026-11-22T12:00:00.000Z");
  const record = recordDataAccess({ auditTrail: { append }, clock, newId: () => "id" });
  const call = (by: Caller | null, body: unknown, params = { id: "2" }, dataViewed?: DataAccess[]) => {
    const readBody = vi.fn(() => body);
    const incoming = { ...incomingCall({ params, ...(by && { caller: by }) }), readBody, dataViewed };
    const answer = callOperation(change, operation, incoming, { recordDataAccess: record });
    return { answer, readBody };
  };
  return { append, operation, call };
}

describe("the one way in to an operation", () => {
  it.each([
    ["a stranger", null, "not-authenticated"],
    ["a user without a role", caller([]), "not-allowed"],
    ["another organisation's administrator", caller(["organisation-admin"], "3"), "not-found"],
  ])("refuses %s before it reads the body", async (_, by, code) => {
    const { call, operation } = world();
    const { answer, readBody } = call(by, { nonsense: true });
    await expect(answer).rejects.toThrow(code);
    expect(readBody).not.toHaveBeenCalled();
    expect(operation).not.toHaveBeenCalled();
  });

  it("refuses a body that the route's schema refuses, before anything is done", async () => {
    const { call, operation, append } = world();
    await expect(call(administrator, { nonsense: true }).answer).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ pointer: "/name" }, { pointer: "/nonsense" }],
    });
    expect(operation).not.toHaveBeenCalled();
    expect(append).not.toHaveBeenCalled();
  });

  it("finds nothing under a path that can name nothing", async () => {
    const { call } = world();
    await expect(call(serviceDesk, { name: "x" }, { id: "no id" }).answer).rejects.toThrow("not-found");
  });

  it("runs the operation for the caller, as their own act", async () => {
    const { call, operation } = world();
    expect(await call(administrator, { name: "x" }).answer).toMatchObject({ body: { name: "x" } });
    const { username, organisationId: of } = administrator.user;
    expect(operation.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      body: { name: "x" },
      caller: administrator,
      origin: { actor: { username, organisationId: of }, address: "192.0.2.1", requestId: "request" },
    });
  });

  it("records that CIZ saw personal data, and no look of an organisation's own administrators", async () => {
    const { call, append } = world();
    await call(administrator, { name: "x" }).answer;
    expect(append).not.toHaveBeenCalled();
    await call(serviceDesk, { name: "x" }).answer;
    expect(append).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        action: "personal-data.viewed",
        organisationId: "2",
        detail: { what: "things" },
      }),
    );
  });

  it("shows nothing that could not be recorded", async () => {
    const { call, append } = world();
    append.mockRejectedValue(new DomainError("temporarily-unavailable"));
    await expect(call(serviceDesk, { name: "x" }).answer).rejects.toThrow("temporarily-unavailable");
  });

  it("records no second event where the change's own tells of it", async () => {
    const { call, operation, append } = world();
    operation.mockResolvedValue({ body: { name: "x" }, dataAccess: shown, audited: true });
    await call(serviceDesk, { name: "x" }).answer;
    expect(append).not.toHaveBeenCalled();
  });

  it("records what a refusal shows", async () => {
    const { call, operation, append } = world();
    operation.mockRejectedValue(new DomainError("import-rejected", { members: { rows: ["kbakker"] } }));
    await expect(call(administrator, { name: "x" }).answer).rejects.toThrow("import-rejected");
    expect(append).not.toHaveBeenCalled();
    await expect(call(serviceDesk, { name: "x" }).answer).rejects.toThrow("import-rejected");
    expect(append).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ organisationId: "2", detail: { what: "import-rejected" } }),
    );
  });

  it("records an answer that does not say what it shows, as versions before kept them for repeats", async () => {
    const { call, operation, append } = world();
    operation.mockResolvedValue({ body: { name: "x" } } as OperationResponse<typeof change>);
    await call(serviceDesk, { name: "x" }).answer;
    expect(append).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ organisationId: "2", detail: { what: "answer" } }),
    );
  });

  it("leaves recording to an edge that collects what several operations show", async () => {
    const { call, append } = world();
    const dataViewed: DataAccess[] = [];
    await call(serviceDesk, { name: "x" }, { id: "2" }, dataViewed).answer;
    await call(administrator, { name: "x" }, { id: "2" }, dataViewed).answer;
    expect(dataViewed).toEqual([shown]);
    expect(append).not.toHaveBeenCalled();
  });

  it("records nothing that was refused", async () => {
    const { call, operation, append } = world();
    operation.mockRejectedValue(new DomainError("already-closed"));
    await expect(call(serviceDesk, { name: "x" }).answer).rejects.toThrow("already-closed");
    expect(append).not.toHaveBeenCalled();
  });
});
