import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RemovalPolicy } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../infra/config.ts";
import { settingsSchema } from "../../shared/domain/settings.ts";
import { runApp } from "./synthesis.ts";

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as {
  context: Record<string, unknown> & { stages: Record<string, Record<string, unknown>> };
};
const read = (more: Record<string, unknown>) => readConfiguration({ ...context, ...more });

describe("the configuration of cdk.json", () => {
  it.each(Object.keys(context.stages))("is complete for the stage %s", (stage) => {
    expect(read({ stage }).stage).toBe(stage);
  });

  it("keeps the data of every stage but the local one", () => {
    const kept = Object.keys(context.stages).filter(
      (stage) => read({ stage }).removalPolicy === RemovalPolicy.RETAIN,
    );
    expect(kept).toEqual(["dev", "acceptance", "production"]);
  });

  it("holds addresses that are nobody's", () => {
    const addresses = JSON.stringify(context.stages).match(/[\w.-]+@[\w.-]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !address.endsWith(".example"))).toEqual([]);
  });
});

describe("a value on the command line", () => {
  it("takes the place of the stage's, as number, truth, object or text", () => {
    const configuration = read({
      lockMinutes: "20",
      refuseCommonPasswords: "false",
      serviceDesk: '{"email":"hulp@ciz.example","phone":"030 1"}',
      publicUrl: "http://127.0.0.1:3000/",
    });
    expect(configuration.settings).toMatchObject({ lockMinutes: 20, refuseCommonPasswords: false });
    expect(configuration.contacts.serviceDesk).toEqual({ email: "hulp@ciz.example", phone: "030 1" });
    expect(configuration.publicUrl).toBe("http://127.0.0.1:3000");
  });

  it.each([
    [{ lockMinutes: "0" }, 'lockMinutes: "0" is not allowed; allowed: a whole number from 1 to 1440.'],
    [{ lockMinutes: "" }, 'lockMinutes: "" is not allowed; allowed: a whole number from 1 to 1440.'],
    [
      { passwordHistory: null },
      "passwordHistory: null is not allowed; allowed: a whole number from 0 to 24.",
    ],
    [{ linkHours: "eight" }, 'linkHours: "eight" is not allowed; allowed: a whole number from 1 to 72.'],
    [{ refuseCommonPasswords: "perhaps" }, /^refuseCommonPasswords: "perhaps" .* allowed: true or false\.$/],
    [{ region: "us-east-1" }, /^region: "us-east-1" is not allowed; allowed: eu-west-1, .*\.$/],
    [{ region: "eu-west-2" }, /^region: "eu-west-2" is not allowed/],
    [{ alarmEmail: "beheer" }, 'alarmEmail: "beheer" is not allowed; allowed: an e-mail address.'],
    [{ serviceDesk: "{" }, 'serviceDesk: "{" is not allowed; allowed: an object with email, phone.'],
    [{ serviceDesk: { email: "a@b.example" } }, "serviceDesk.phone: is missing; allowed: text."],
    [
      { contractManagement: { email: "a@b.example", fax: "1" } },
      'contractManagement.fax: "1" is not allowed; allowed: email.',
    ],
    [{ publicUrl: "http://portero.example" }, /^publicUrl: .* allowed: a web address with https/],
    [{ removalPolicy: "snapshot" }, 'removalPolicy: "snapshot" is not allowed; allowed: retain, destroy.'],
    [{ porteroCallbackUrls: "[]" }, /^porteroCallbackUrls: .* allowed: a list of a web address with https/],
    [{ porteroCallbackUrls: '["http://portero.example"]' }, /^porteroCallbackUrls.0: /],
    [
      { domainName: "portero.example" },
      "domainName and certificateArn: one without the other is not allowed; allowed: both or neither.",
    ],
    [{ loginDomainPrefix: "my-cognito" }, /^loginDomainPrefix: "my-cognito" is not allowed/],
    [{ logRetentionDays: "8" }, /^logRetentionDays: "8" is not allowed; allowed: 1, 3, 5, 7, /],
    [{ lokMinutes: "5" }, /^lokMinutes: is not a key of the configuration; allowed: stage, region, /],
    [{ "log-retention": "5" }, /^log-retention: is not a key of the configuration/],
    [
      { stage: "prod" },
      'stage: "prod" is not described in cdk.json; allowed: local, dev, acceptance, production.',
    ],
    [{ passwordWarningDays: 60, passwordMonths: 2 }, /^passwordWarningDays: 60 .*\(passwordMonths: 2\)\.$/],
    [
      { inactivityNoticeDays: 60, inactivityMonths: 2 },
      /^inactivityNoticeDays: 60 .*\(inactivityMonths: 2\)\.$/,
    ],
  ])("%j is refused with a sentence that names it", (more, sentence) => {
    expect(() => read(more)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(exactly(sentence)) }),
    );
  });

  it("every wrong one gets its sentence", () => {
    expect(() => read({ lockMinutes: "0", region: "mars" })).toThrow(/^region: .*\nlockMinutes: .*$/);
  });
});

it("keys of the CDK itself are left alone", () => {
  expect(() => read({ "@aws-cdk/core:x": true, "aws:cdk:y": 1, "cdk-migrate": true })).not.toThrow();
});

it("the settings survive the way to a function and back", () => {
  const { settings } = read({ refuseCommonPasswords: "false", lockMinutes: "7" });
  expect(settingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

it("a wrong value stops synthesis with its sentence alone", async () => {
  const outdir = await mkdtemp(join(tmpdir(), "portero-synth-"));
  const { code, output } = await runApp({ sessionHours: "0" }, outdir);
  await rm(outdir, { recursive: true });
  expect(code).toBe(1);
  expect(output).toBe('sessionHours: "0" is not allowed; allowed: a whole number from 1 to 24.\n');
});

function exactly(sentence: string | RegExp): RegExp {
  if (sentence instanceof RegExp) return sentence;
  return new RegExp(`^${sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
