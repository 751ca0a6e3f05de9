import { describe, expect, it, vi } from "vitest";
import type { AuditEvent } from "../../../shared/domain/audit.ts";
import { recordDataAccess } from "../../../shared/http/record-data-access.ts";
import { organisationShown, userShown } from "../../../shared/operations/kit/data-access.ts";
import type { DataAccess } from "../../../shared/operations/kit/operation.ts";
import { auditSentence } from "../../../shared/texts/audit-sentences.ts";

const origin = {
  actor: { username: "mvisser", organisationId: "1" },
  address: "192.0.2.1",
  requestId: "request",
};

async function recorded(accesses: readonly DataAccess[]): Promise<AuditEvent[]> {
  const append = vi.fn<(event: AuditEvent) => Promise<void>>(() => Promise.resolve());
  const clock = () => new Date("2026-11-22T12:00:00.000Z");
  await recordDataAccess({ auditTrail: { append }, clock, newId: () => "id" })(accesses, origin);
  return append.mock.calls.map(([event]) => event);
}

const incidents = (...incidentIds: string[]): DataAccess => ({
  organisationId: "2",
  detail: { what: "incidents", incidentIds },
});
const closures: DataAccess = { organisationId: "2", detail: { what: "closures" } };

describe("what one request showed CIZ (SECURITY 22)", () => {
  it("is one event about the user, whatever else of the organisation stands beside them", async () => {
    const user = userShown({ organisationId: "2", username: "kbakker" });
    const events = await recorded([organisationShown("2"), user, organisationShown("2")]);
    expect(events).toMatchObject([
      { ...origin, organisationId: "2", subject: { type: "user", id: "kbakker" } },
    ]);
    expect(events[0]?.detail).toEqual({ what: "user", also: ["organisation"] });
  });

  it("is one event with the ids of every page of a list, each once", async () => {
    const events = await recorded([
      organisationShown("2"),
      incidents("a", "b"),
      incidents("b", "c"),
      closures,
    ]);
    expect(events.map(({ detail }) => detail)).toEqual([
      { what: "incidents", incidentIds: ["a", "b", "c"], also: ["organisation", "closures"] },
    ]);
    expect(events.map((event) => auditSentence(event, "nl"))).toEqual([
      "Bekeken door mvisser (organisatie 1): de incidenten, de gegevens en de sluitingen van organisatie 2.",
    ]);
  });

  it("is one event in each trail concerned", async () => {
    const events = await recorded([organisationShown("2"), organisationShown("3")]);
    expect(events.map(({ organisationId }) => organisationId)).toEqual(["2", "3"]);
  });

  it("is no event where nothing was shown", async () => {
    expect(await recorded([])).toEqual([]);
  });
});
