import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measurements } from "../../shared/domain/measurements.ts";
import {
  metricsOf,
  stateOf,
  type AlarmProperties,
  type Measured,
  type WatchedMetric,
} from "../support/alarms.ts";
import { tablesOf } from "../support/cost-table.ts";
import { functions, list, production, resource, resources, synthesised } from "./template.ts";

const { data, app } = production;
const templates = [data, app];
const found = templates.flatMap((template) => resources(template, "AWS::CloudWatch::Alarm"));
const alarms = found.map(({ Properties }) => Properties as unknown as AlarmProperties);
const nameOf = ({ AlarmName }: AlarmProperties) => AlarmName.replace(/^production-portero-/, "");
const runbookOf = ({ AlarmDescription }: AlarmProperties) =>
  /^(.{20,}\.) Runbook: docs\/runbooks\/([a-z-]+)\.md$/.exec(AlarmDescription)?.[2] ?? "none";

/** The metrics of a period, by name; for some only where they have a dimension with a value. */
type Numbers = Readonly<Record<string, number>>;

/** Numbers that an alarm is quiet at, and numbers that set it off, as CloudWatch would measure them. */
interface Drill {
  readonly quiet: Numbers;
  readonly off: Numbers;
  /** Set for alarms that go off where nothing is measured. */
  readonly offWithoutData?: true;
}

const job: Drill = { quiet: { Invocations: 1 }, off: {}, offWithoutData: true };
const failed: Drill = { quiet: { Errors: 0 }, off: { Errors: 1 } };

/** One row for each alarm. Those on our own measurements go off in test/e2e/alarms.test.ts as well, by what runs. */
const drills: Readonly<Record<string, Drill>> = {
  "server-errors": { quiet: { "5XXError": 4 }, off: { "5XXError": 5 } },
  "unforeseen-errors": { quiet: {}, off: { UnforeseenErrors: 1 } },
  "functions-failed-api": failed,
  "functions-failed-pages": failed,
  "functions-failed-background": failed,
  "dead-letters": {
    quiet: { ApproximateNumberOfMessagesVisible: 0 },
    off: { ApproximateNumberOfMessagesVisible: 1 },
  },
  "mail-stream-lag": { quiet: { IteratorAge: 1_799_999 }, off: { IteratorAge: 1_800_000 } },
  "oldest-mail": { quiet: { OldestMail: 1_799 }, off: { OldestMail: 1_800 } },
  "mail-set-aside": { quiet: { MailsSetAside: 0 }, off: { MailsSetAside: 1 } },
  "mail-refused": { quiet: {}, off: { MailsRefused: 1 } },
  "mail-bounces": {
    quiet: { "Reputation.BounceRate": 0.049 },
    off: { "Reputation.BounceRate": 0.05 },
  },
  "mail-complaints": {
    quiet: { "Reputation.ComplaintRate": 0.0009 },
    off: { "Reputation.ComplaintRate": 0.001 },
  },
  "mail-quota": { quiet: { Send: 39_999 }, off: { Send: 40_000 } },
  "job-entries-failed": { quiet: { JobEntriesFailed: 0 }, off: { JobEntriesFailed: 1 } },
  "last-contract-manager": { quiet: {}, off: { JobAccountsKept: 1 } },
  "finish-imports-missed": job,
  "watch-outbox-missed": job,
  "deactivate-inactive-missed": job,
  "warn-password-expiry-missed": job,
  // Calls of `send-mail` that its own ceiling turned away count in both numbers, and do not set it off.
  "functions-throttled": {
    quiet: { Throttles: 7, "Throttles of FunctionName": 7 },
    off: { Throttles: 8, "Throttles of FunctionName": 7 },
  },
  "tables-throttled": {
    quiet: { ReadThrottleEvents: 0 },
    off: { "WriteThrottleEvents of GlobalSecondaryIndexName": 10 },
  },
  "sign-ins-refused": { quiet: { SignInsRefused: 299 }, off: { SignInsRefused: 300 } },
  "requests-blocked": { quiet: { BlockedRequests: 499 }, off: { BlockedRequests: 500 } },
  "backup-failed": { quiet: { NumberOfBackupJobsFailed: 0 }, off: { NumberOfBackupJobsFailed: 1 } },
  "admissions-refused": { quiet: { AdmissionsRefused: 49 }, off: { AdmissionsRefused: 50 } },
  // Every refusal is a failure to Lambda.
  "admission-failed": {
    quiet: { Errors: 49, AdmissionsRefused: 49 },
    off: { Errors: 52, AdmissionsRefused: 49 },
  },
};

/** A number for "metric of dimension" goes before one for the metric. */
function measured(numbers: Numbers): Measured {
  return ({ name, dimensions }: WatchedMetric) => {
    const special = Object.keys(dimensions).find((one) => `${name} of ${one}` in numbers);
    return numbers[special === undefined ? name : `${name} of ${special}`] ?? null;
  };
}

function stateAt(alarm: AlarmProperties, numbers: Numbers) {
  return stateOf(
    alarm,
    Array.from({ length: alarm.EvaluationPeriods }, () => measured(numbers)),
  );
}

describe("alarms", () => {
  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    "%s says what it means and names its runbook, which is there",
    (_, alarm) => {
      const path = `docs/runbooks/${runbookOf(alarm)}.md`;
      expect(existsSync(path), path).toBe(true);
      const text = readFileSync(path, "utf8");
      for (const heading of ["## What it means", "## What to do"]) expect(text).toContain(heading);
    },
  );

  it.each(found)("$path reaches a person when it goes off, and when it is over", ({ Properties }) => {
    for (const actions of ["AlarmActions", "OKActions"]) expect(list(Properties[actions])).toHaveLength(1);
  });

  it("have a drill each, and a row in docs/operations.md with the same runbook", () => {
    const names = alarms.map(nameOf).toSorted();
    expect(names).toEqual(Object.keys(drills).toSorted());
    const [rows = []] = tablesOf(readFileSync("docs/operations.md", "utf8"));
    const documented = rows.map(([alarm = "", , , runbook = ""]) => [
      alarm.replaceAll("`", ""),
      /^\[([a-z-]+)\]\(runbooks\/\1\.md\)/.exec(runbook)?.[1],
    ]);
    expect(documented.toSorted()).toEqual(
      [...alarms.map((alarm) => [nameOf(alarm), runbookOf(alarm)]), ["the budget", "budget"]].toSorted(),
    );
  });

  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    "%s goes off when it should and not otherwise",
    (name, alarm) => {
      const { quiet, off, offWithoutData = false } = drills[name]!;
      expect(stateAt(alarm, quiet)).toBe("OK");
      expect(stateAt(alarm, off)).toBe("ALARM");
      expect(stateAt(alarm, {})).toBe(offWithoutData ? "ALARM" : "OK");
    },
  );

  it("keep the state of SES's measures while no mail is sent", () => {
    for (const alarm of alarms.filter(({ MetricName }) => MetricName?.startsWith("Reputation.")))
      expect(stateOf(alarm, [() => null], "ALARM")).toBe("ALARM");
  });

  it("watch every function, whether it fails", () => {
    const watched = alarms.flatMap(metricsOf).filter(({ name }) => name === "Errors");
    const text = JSON.stringify(watched.map(({ dimensions }) => dimensions["FunctionName"]));
    for (const [name, { logicalId }] of functions(production)) expect(text, name).toContain(logicalId);
  });

  it("watch every dead-letter queue", () => {
    const text = JSON.stringify(alarms.find((alarm) => nameOf(alarm) === "dead-letters"));
    for (const { logicalId } of resources(app, "AWS::SQS::Queue")) expect(text).toContain(logicalId);
  });

  const rules = resources(app, "AWS::Events::Rule").map(({ Properties }) => ({
    schedule: String(Properties["ScheduleExpression"]),
    target: JSON.stringify(Properties["Targets"]),
  }));
  const jobs = [...functions(production)].flatMap(([name, { logicalId }]) =>
    rules.filter(({ target }) => target.includes(logicalId)).map(({ schedule }) => [name, schedule] as const),
  );

  it.each(jobs)("notice that %s, which runs at %s, was not started", (name, schedule) => {
    const alarm = alarms.find((one) => nameOf(one) === `${name}-missed`);
    const seconds = (alarm?.Period ?? 0) * (alarm?.EvaluationPeriods ?? 0);
    expect(seconds).toBe(schedule === "rate(5 minutes)" ? 900 : 86_400);
  });

  it("watch indexes of the table too", () => {
    const throttled = alarms.filter((alarm) => nameOf(alarm) === "tables-throttled").flatMap(metricsOf);
    const indexes = resources(data, "AWS::DynamoDB::Table").flatMap(({ Properties }) =>
      list(Properties["GlobalSecondaryIndexes"] as { IndexName: string }[] | undefined),
    );
    for (const { IndexName } of indexes) {
      const own = throttled.filter(({ dimensions }) => dimensions["GlobalSecondaryIndexName"] === IndexName);
      expect(own.map(({ name }) => name)).toEqual(["ReadThrottleEvents", "WriteThrottleEvents"]);
    }
    expect(indexes.length).toBeGreaterThan(0);
  });

  it("watch as many metrics in one as CloudWatch takes", () => {
    for (const alarm of alarms) expect(metricsOf(alarm).length, alarm.AlarmName).toBeLessThanOrEqual(10);
  });
});

describe("two stages in one account", () => {
  const stages = ["acceptance", "production"] as const;
  const alarmsOf = (stage: (typeof stages)[number]) =>
    [synthesised[stage].data, synthesised[stage].app].flatMap((template) =>
      resources(template, "AWS::CloudWatch::Alarm").map(
        ({ Properties }) => Properties as unknown as AlarmProperties,
      ),
    );

  it("have alarms of their own", () => {
    const names = stages.flatMap((stage) => alarmsOf(stage).map(({ AlarmName }) => AlarmName));
    expect(new Set(names).size).toBe(names.length);
  });

  it("share no metric but those that AWS has for the account", () => {
    const [one, other] = stages.map((stage) =>
      alarmsOf(stage)
        .flatMap(metricsOf)
        // A reference to a resource is another resource in each stage.
        .filter(({ dimensions }) => !/Ref|Fn::GetAtt/.test(JSON.stringify(dimensions)))
        .map(({ namespace, name, dimensions }) => JSON.stringify([namespace, name, dimensions])),
    );
    const shared = new Set(one?.filter((metric) => other?.includes(metric)));
    expect([...shared].toSorted()).toEqual([
      '["AWS/Lambda","Throttles",{}]',
      '["AWS/SES","Reputation.BounceRate",{}]',
      '["AWS/SES","Reputation.ComplaintRate",{}]',
      '["AWS/SES","Send",{}]',
    ]);
  });

  it("have firewalls of their own in CloudWatch, which the alarm watches", () => {
    const watched = alarms.flatMap(metricsOf).flatMap(({ dimensions }) => dimensions["WebACL"] ?? []);
    const firewalls = templates.flatMap((template) => resources(template, "AWS::WAFv2::WebACL"));
    const names = firewalls.map(
      ({ Properties }) => (Properties["VisibilityConfig"] as { MetricName: string }).MetricName,
    );
    expect(names.toSorted()).toEqual(watched.toSorted());
    for (const name of names) expect(name).toMatch(/^production-portero-/);
  });
});

it("the month's budget reaches a person by the topic of the alarms, when it is spent or will be", () => {
  const { Properties } = resource(data, "AWS::Budgets::Budget");
  expect(Properties["Budget"]).toMatchObject({
    BudgetType: "COST",
    TimeUnit: "MONTHLY",
    BudgetLimit: { Amount: 500, Unit: "USD" },
  });
  const notifications = list(
    Properties["NotificationsWithSubscribers"] as { Notification: { NotificationType: string } }[],
  );
  expect(notifications.map(({ Notification }) => Notification.NotificationType)).toEqual([
    "ACTUAL",
    "FORECASTED",
  ]);
  const policies = JSON.stringify(resources(data, "AWS::SNS::TopicPolicy"));
  expect(policies).toContain("budgets.amazonaws.com");
});

it("docs/cost.md counts what alarms watch, firewalls and their rules", () => {
  const [, , , perStage = []] = tablesOf(readFileSync("docs/cost.md", "utf8"));
  const reckoned = (what: string) => Number(perStage.find(([name]) => name === what)?.[1]);
  const firewalls = templates.flatMap((template) => resources(template, "AWS::WAFv2::WebACL"));
  const rules = firewalls.flatMap(({ Properties }) => list(Properties["Rules"] as unknown[]));
  // AWS bills each metric that an alarm watches.
  expect(alarms.flatMap(metricsOf)).toHaveLength(reckoned("CloudWatch, metrics in alarms"));
  expect(firewalls).toHaveLength(reckoned("WAF, firewalls"));
  expect(rules).toHaveLength(reckoned("WAF, rules"));
});

it("documents that count the alarms count them right", () => {
  for (const path of ["docs/operations.md", "docs/cost.md", "docs/deploy.md", "README.md"]) {
    for (const [said, count] of readFileSync(path, "utf8").matchAll(/(\d+) alarms/g))
      expect(Number(count), `${path}: ${said}`).toBe(alarms.length);
  }
});

it("every runbook begins with its title", () => {
  for (const name of readdirSync("docs/runbooks")) {
    expect(readFileSync(join("docs/runbooks", name), "utf8")).toMatch(/^# .+\n/);
  }
});

it("one dashboard shows everything that is measured, and the alarms", () => {
  const body = JSON.stringify(resource(app, "AWS::CloudWatch::Dashboard").Properties["DashboardBody"]);
  for (const name of Object.keys(measurements)) expect(body).toContain(name);
  for (const { logicalId } of resources(app, "AWS::CloudWatch::Alarm")) expect(body).toContain(logicalId);
});
