import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measurements, metricNamespace } from "../../shared/domain/measurements.ts";
import { mailKey, queuedMail, userKey } from "../../shared/dynamodb/keys.ts";
import {
  jsonLines,
  loggedValues,
  measuredFrom,
  metricsOf,
  stateOf,
  type AlarmProperties,
  type AlarmState,
  type LoggedValue,
} from "../support/alarms.ts";
import { putAll } from "../support/dynamodb.ts";
import { fieldOf, finds, queriesOfRunbooks, type LogLine } from "../support/log-queries.ts";
import { mailTo } from "../support/mail-to.ts";
import { ServiceProxy } from "../support/service-proxy.ts";
import { newPerson, OwnStack } from "../support/stack.ts";

const execute = promisify(execFile);
const minutes = (count: number) => count * 60_000;
const days = (count: number) => minutes(count * 1_440);

/** As many as set the alarm off; fewer than by default, to be quick. */
const refusedSignInsAlarm = 12;

describe("alarms and logs", () => {
  let stack: OwnStack;
  /** Between the admission check and its table. */
  let proxy: ServiceProxy;
  let token: string;
  let users: string;
  const alarms = new Map<string, AlarmProperties>();

  beforeAll(async () => {
    proxy = await ServiceProxy.start();
    const detour: ServiceProxy["detour"] = (endpoints, variables) =>
      variables["POWERTOOLS_SERVICE_NAME"] === "identity-token"
        ? proxy.detour(endpoints, variables)
        : endpoints;
    stack = await OwnStack.start({ refusedSignInsAlarm: String(refusedSignInsAlarm) }, { detour });
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
    for (const part of ["data", "app"] as const) {
      for (const { Type, Properties } of Object.values(templateOf(part).Resources)) {
        if (Type !== "AWS::CloudWatch::Alarm") continue;
        const alarm = Properties as AlarmProperties;
        if (metricsOf(alarm).every(({ namespace }) => namespace === metricNamespace))
          alarms.set(alarm.AlarmName.replace("local-portero-", ""), alarm);
      }
    }
  });
  afterAll(async () => {
    await stack.stop();
    await proxy.stop();
  });

  function templateOf(part: "data" | "app") {
    const path = join(stack.directory, "cdk.out", `local-portero-${part}.template.json`);
    return JSON.parse(readFileSync(path, "utf8")) as {
      Resources: Record<string, { Type: string; Properties: unknown }>;
    };
  }

  const everything = (): LoggedValue[] => loggedValues(stack.logOf(""));

  /** What the functions logged meanwhile, as one period of CloudWatch. */
  async function during(act: () => Promise<unknown>, until: (values: LoggedValue[]) => boolean) {
    const start = Date.now();
    const since = () => everything().filter(({ at }) => at >= start);
    await act();
    await expect.poll(() => until(since()), { timeout: 30_000, interval: 200 }).toBe(true);
    return since();
  }

  const has =
    (name: string, count = 1) =>
    (values: readonly LoggedValue[]) =>
      values.filter((one) => one.name === name).length >= count;

  function stateAfter(name: string, values: readonly LoggedValue[]): AlarmState {
    const alarm = alarms.get(name);
    if (!alarm) throw new Error(`there is no alarm ${name}`);
    return stateOf(
      alarm,
      Array.from({ length: alarm.EvaluationPeriods }, () => measuredFrom(values)),
    );
  }

  const run = (job: string, inMilliseconds = 0) =>
    stack.invoke(job, { time: new Date(Date.now() + inMilliseconds).toISOString() });

  async function create(person = newPerson()): Promise<{ username: string; email: string }> {
    const answer = await stack.call("POST", users, { token, body: person });
    expect(answer.status).toBe(201);
    return answer.body;
  }

  const refuse = (count: number, account: { username: string; password: string }) => async () => {
    for (let time = 0; time < count; time += 1) expect((await stack.signIn(account)).status).not.toBe(201);
  };

  /** A user whose item no longer parses. */
  async function damagedUser(): Promise<string> {
    const { organisationId } = stack.account("organisation-admin");
    const { username } = await create();
    await stack.tables().client.send(
      new UpdateCommand({
        TableName: stack.tables().tableName,
        Key: userKey({ organisationId, username }),
        UpdateExpression: "SET #status = :wrong",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":wrong": "no-status" },
      }),
    );
    return username;
  }

  const lines = (): LogLine[] => jsonLines(stack.logOf(""));
  const lineOf = (message: string) => lines().find((line) => line["message"] === message);

  it("are all quiet on a day on which everything goes well", async () => {
    const values = await during(
      async () => {
        const { email } = await create();
        await stack.waitForMails(email, 1);
        await stack.tokenOf(stack.account("organisation-admin"));
        await refuse(3, { username: "fniemand", password: "Verkeerd-12345" })();
        for (const job of ["deactivate-inactive", "warn-password-expiry", "watch-outbox"]) await run(job);
      },
      (found) => has("MailsSent")(found) && has("OldestMail")(found),
    );
    const states = [...alarms.keys()].map((name) => [name, stateAfter(name, values)]);
    expect(Object.fromEntries(states)).toEqual(Object.fromEntries(states.map(([name]) => [name, "OK"])));
    expect(states.length).toBeGreaterThan(5);
  });

  it.each(["finish-imports", "watch-outbox"])(
    "%s, which runs every five minutes, can be run by hand",
    async (job) => {
      const options = [job, "--json", "--state", stack.directory];
      const { stdout } = await execute(process.execPath, ["infra/operations/job.ts", ...options]);
      expect(Object.keys(JSON.parse(stdout) as object).toSorted()).toEqual(
        job === "watch-outbox" ? ["oldestSeconds", "setAside"] : ["completed", "undone"],
      );
    },
  );

  it("sign-ins-refused goes off when far more are refused than usual", async () => {
    const guesses = refuse(refusedSignInsAlarm, { username: "fniemand", password: "Verkeerd-12345" });
    expect(
      stateAfter("sign-ins-refused", await during(guesses, has("SignInsRefused", refusedSignInsAlarm))),
    ).toBe("ALARM");
  });

  it("admissions-refused goes off when the admission check refuses many", async () => {
    const closed = stack.accounts.find(({ situation }) => situation === "password-expired");
    if (!closed) throw new Error("the demonstration has nobody whose password has expired");
    const values = await during(refuse(50, closed), has("AdmissionsRefused", 50));
    expect(stateAfter("admissions-refused", values)).toBe("ALARM");
  });

  it("mail-refused goes off when SES never takes a mail", async () => {
    const person = newPerson();
    stack.host.troubles.begin("ses-refusing", mailTo(person.email));
    const values = await during(() => create(person), has("MailsRefused"));
    expect(stateAfter("mail-refused", values)).toBe("ALARM");
  });

  it("a mail that is no longer wanted is counted, and sets nothing off", async () => {
    const { username, email } = await create();
    await stack.waitForMails(email, 1);
    stack.host.troubles.begin("ses-reset");
    const values = await during(async () => {
      for (let time = 0; time < 2; time += 1)
        await stack.call("POST", "/v1/password-links", { body: { username } });
      stack.host.troubles.end("ses-reset");
    }, has("MailsSuperseded"));
    const superseded = values.find(({ name }) => name === "MailsSuperseded");
    expect(superseded?.dimensionSets).toEqual([{ stage: "local" }, { stage: "local", reason: "newer-link" }]);
  });

  it("oldest-mail goes off for a mail that waits, and mail-set-aside for one that is damaged; neither hides the other", async () => {
    const createdAt = new Date(Date.now() - minutes(60)).toISOString();
    const { organisationId } = stack.account("organisation-admin");
    const damaged = {
      ...mailKey("damaged"),
      ...queuedMail({ id: "damaged", createdAt }),
      id: "damaged",
      createdAt,
    };
    const values = await during(async () => {
      await putAll(stack.tables(), [
        {
          ...damaged,
          state: "queued",
          template: "no-template",
          organisationId,
          username: "fniemand",
          data: {},
        },
      ]);
      await expect.poll(() => stack.logOf("SendMail")).toContain("mail set aside");
      await run("watch-outbox");
    }, has("MailsSetAside"));
    expect([stateAfter("mail-set-aside", values), stateAfter("oldest-mail", values)]).toEqual([
      "ALARM",
      "OK",
    ]);

    stack.host.troubles.begin("ses-reset");
    const { email } = await create();
    const notSent = () =>
      lines().find(({ message, cause }) => /mail not sent/.test(String(message)) && cause);
    await expect.poll(notSent, { timeout: 20_000 }).toMatchObject({ reason: "temporarily-unavailable" });
    const waiting = await during(() => run("watch-outbox", minutes(31)), has("OldestMail"));
    expect(stateAfter("oldest-mail", waiting)).toBe("ALARM");
    stack.host.troubles.end("ses-reset");
    await stack.waitForMails(email, 1, 60_000);
    const over = await during(() => run("watch-outbox"), has("OldestMail"));
    expect(stateAfter("oldest-mail", over)).toBe("OK");
  });

  it("unforeseen-errors goes off at the first answer with 500", async () => {
    const username = await damagedUser();
    const values = await during(async () => {
      expect((await stack.call("GET", `${users}/${username}`, { token })).status).toBe(500);
    }, has("UnforeseenErrors"));
    expect(stateAfter("unforeseen-errors", values)).toBe("ALARM");
  });

  it("a request that is answered 503 leaves a line with the call that failed", async () => {
    stack.host.troubles.begin("cognito-reset");
    const { status, headers } = await stack.signIn(stack.account(null)).finally(() => {
      stack.host.troubles.end("cognito-reset");
    });
    expect(status).toBe(503);
    const requestId = headers.get("x-amzn-requestid");
    await expect
      .poll(() => lineOf("temporarily unavailable"))
      .toMatchObject({
        level: "ERROR",
        service: "sessions",
        route: "/v1/sessions",
        reason: "temporarily-unavailable",
        awsService: "CognitoIdentityProvider",
        awsOperation: "AdminInitiateAuth",
        attempts: 2,
        cause: expect.any(String) as unknown,
        requestId,
      });
  });

  it("the admission check says which call failed, apart from its refusals", async () => {
    proxy.disturb = () => ({ kind: "break" });
    const { status } = await stack.signIn(stack.account(null)).finally(() => {
      proxy.disturb = () => null;
    });
    expect(status).toBe(503);
    await expect
      .poll(() => lineOf("admission failed"))
      .toMatchObject({
        service: "identity-token",
        awsService: "DynamoDB",
        awsOperation: "BatchGetItem",
      });
  });

  it("what SES says of a mail is logged without the address", async () => {
    const person = newPerson();
    stack.host.troubles.begin("ses-not-verified", mailTo(person.email));
    await create(person);
    const said = () => lines().find(({ detail }) => /is not verified/.test(String(detail)));
    await expect.poll(said, { timeout: 20_000 }).toMatchObject({
      message: "mail not sent; it will be tried again",
      awsService: "SES",
      awsOperation: "SendEmail",
      error: "MessageRejected",
    });
    stack.host.troubles.end("ses-not-verified");
    await stack.waitForMails(person.email, 1, 60_000);
    expect(stack.logOf("SendMail")).not.toContain(person.email);
  });

  it("job-entries-failed and last-contract-manager go off after a run that could not end everybody", async () => {
    await damagedUser();
    const values = await during(() => run("deactivate-inactive", days(400)), has("JobAccountsKept"));
    expect(stateAfter("last-contract-manager", values)).toBe("ALARM");
    expect(stateAfter("job-entries-failed", values)).toBe("ALARM");
    // The runbook finds the account that stayed in the run's result.
    const kept = lines().flatMap(({ result }) => (result as { kept?: unknown[] } | undefined)?.kept ?? []);
    expect(kept).toContain(stack.account("contract-manager").username);
  });

  it.each(queriesOfRunbooks())("$runbook: $text finds lines that have its fields", (query) => {
    const named = (found: readonly LogLine[]) =>
      query.fields.filter((field) => found.some((line) => fieldOf(line, field) !== undefined));
    const inFunctions = named(lines().filter((line) => finds(query, line)));
    // The local gateway writes no access log; the template has its fields.
    const inAccessLog = named([accessLogLine()]);
    expect([inFunctions, inAccessLog]).toContainEqual(query.fields);
  });

  function accessLogLine(): LogLine {
    const { Resources } = templateOf("app");
    const stage = Object.values(Resources).find(({ Type }) => Type === "AWS::ApiGateway::Stage");
    const { AccessLogSetting } = stage?.Properties as { AccessLogSetting: { Format: string } };
    return JSON.parse(AccessLogSetting.Format) as LogLine;
  }

  /** What the dashboard shows of our own metrics: a metric, or all that a search by dimensions finds. */
  function shownOnDashboard() {
    const { Properties } = Object.values(templateOf("app").Resources).find(
      ({ Type }) => Type === "AWS::CloudWatch::Dashboard",
    ) as { Properties: { DashboardBody: { "Fn::Join": [string, unknown[]] } } };
    const [, parts] = Properties.DashboardBody["Fn::Join"];
    const text = parts.map((part) => (typeof part === "string" ? part : "known-when-deployed")).join("");
    const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics?: unknown[][] } }[] };
    return widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .flatMap(([first, name, ...rest]) => {
        if (first === metricNamespace)
          return [
            { name: String(name), dimensions: rest.filter((_, index) => index % 2 === 0).slice(0, -1) },
          ];
        const { expression = "" } = first as { expression?: string };
        const [, keys = "", searched = ""] = /\{Portero,([\w,]+)\} MetricName="(\w+)"/.exec(expression) ?? [];
        return searched === "" ? [] : [{ name: searched, dimensions: keys.split(",") }];
      });
  }

  it("the dashboard finds everything that is emitted, refused and superseded mail among it", () => {
    const emitted = everything();
    const shown = shownOnDashboard();
    for (const { name, dimensions } of shown) {
      const sets = emitted.filter((one) => one.name === name).flatMap((one) => one.dimensionSets);
      expect(
        sets.map((set) => Object.keys(set)),
        name,
      ).toContainEqual(dimensions);
    }
    expect(new Set(shown.map(({ name }) => name))).toEqual(new Set(Object.keys(measurements)));
  });

  it("watch what is emitted, and everything that is declared is emitted", () => {
    const emitted = everything();
    expect(new Set(emitted.map(({ name }) => name))).toEqual(new Set(Object.keys(measurements)));
    expect(new Set(emitted.flatMap(({ dimensionSets }) => dimensionSets.map(({ stage }) => stage)))).toEqual(
      new Set(["local"]),
    );
    for (const alarm of alarms.values()) {
      for (const watched of metricsOf(alarm)) {
        expect(measuredFrom(emitted)(watched), `${alarm.AlarmName}: ${watched.name}`).not.toBeNull();
      }
    }
  });
});
