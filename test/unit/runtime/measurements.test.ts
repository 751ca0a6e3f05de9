import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../shared/domain/errors.ts";
import { countRefusals } from "../../../shared/operations/sessions/count-refusals.ts";
import type { Authenticated } from "../../../shared/operations/sessions/authenticate-password.ts";
import { measureOutcome } from "../../../shared/operations/mail/measure-outcome.ts";
import type { OutboxMail } from "../../../shared/domain/mail.ts";
import { measure } from "../../../shared/runtime/metrics.ts";

const origin = { actor: null, address: "192.0.2.1", requestId: "request" };
const credentials = { username: "ftest", password: "Tulpenveld-48!", device: null };

describe("a measurement", () => {
  const written: string[] = [];
  let speakAgain: () => unknown = () => null;
  beforeEach(() => {
    written.length = 0;
    vi.stubEnv("POWERTOOLS_SERVICE_NAME", "sessions");
    vi.stubEnv("STAGE", "acceptance");
    const write = vi.spyOn(process.stdout, "write");
    write.mockImplementation((line) => written.push(String(line)) > 0);
    speakAgain = () => write.mockRestore();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it("is a line of the log in the form that CloudWatch counts", () => {
    measure("SignInsRefused", 1, "password-expired");
    speakAgain();
    expect(JSON.parse(written.join(""))).toEqual({
      _aws: {
        Timestamp: expect.any(Number) as unknown,
        CloudWatchMetrics: [
          {
            Namespace: "Portero",
            Dimensions: [["stage"], ["stage", "reason"]],
            Metrics: [{ Name: "SignInsRefused", Unit: "Count" }],
          },
        ],
      },
      service: "sessions",
      stage: "acceptance",
      reason: "password-expired",
      SignInsRefused: 1,
    });
    expect(written.join("").length).toBeLessThan(300);
  });

  it("of a refused sign-in holds its reason, and nothing about the user", async () => {
    await countRefusals(() => Promise.resolve({} as Authenticated), measure)(credentials, origin);
    const refused = () => Promise.reject(new DomainError("account-inactive"));
    await expect(countRefusals(refused, measure)(credentials, origin)).rejects.toThrow("account-inactive");
    speakAgain();
    const measured = written.map((line) => Object.keys(JSON.parse(line) as object).at(-1));
    expect(measured).toEqual(["SignInsRefused"]);
    expect(written.join("")).not.toMatch(/ftest|Tulpenveld|192\.0\.2\.1/);
  });
});

it("a mail's measurements are its outcome and, once sent, its age", () => {
  const measured: unknown[] = [];
  const note = (...one: unknown[]) => measured.push(one);
  const mail = { createdAt: "2026-11-22T12:00:00.000Z" } as OutboxMail;
  measureOutcome(note, mail, { state: "sent", at: "2026-11-22T12:01:30.500Z", messageId: "m" });
  measureOutcome(note, mail, { state: "superseded", at: "2026-11-22T12:01:30.500Z", reason: "newer-link" });
  // Without its reason, because an alarm watches one series.
  measureOutcome(note, mail, { state: "refused", at: "2026-11-22T12:01:30.500Z", reason: "Illegal" });
  expect(measured).toEqual([
    ["MailsSent", 1, undefined],
    ["MailAge", 90.5],
    ["MailsSuperseded", 1, "newer-link"],
    ["MailsRefused", 1, undefined],
  ]);
});
