import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { functionNames } from "../../infra/build/build-functions.ts";
import { functionVariables, type FunctionName } from "../../shared/runtime/function-variables.ts";
import { functions, list, production, referred, resources, variables, type Found } from "./template.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const { data, app } = production;
const all = functions(production);

/** The resource of a statement, in words; `*` for all resources. */
function about(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === '"*"') return "*";
  if (text.includes("StreamArn")) return "stream";
  if (text.includes("PorteroAudit")) return "audit";
  if (text.includes("/index/due")) return "index due";
  if (text.includes("/index/changed")) return "index changed";
  if (text.includes("/index/changed")) return "index changed";
  if (text.includes("TablesPortero")) return "table";
  if (text.includes("UserPool")) return "user pool";
  if (text.includes("Logs")) return "log";
  if (text.includes("DeadLetters")) return "dead letters";
  if (text.includes("MailSender")) return "mail sender";
  return text;
}

/** Conditions in words; one that this test does not know is shown as JSON. */
function under(condition: unknown): string {
  const formerPasswords = { "dynamodb:LeadingKeys": ["HISTORY#*"] };
  if (condition === undefined) return "";
  if (isDeepStrictEqual(condition, { "ForAllValues:StringLike": formerPasswords }))
    return " of former passwords alone";
  const cursorSecret = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["SECRET#CURSOR"] } };
  if (isDeepStrictEqual(condition, cursorSecret)) return " of the cursors' secret alone";
  const refusedActs = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["LIMIT#refused-acts#*"] } };
  if (isDeepStrictEqual(condition, refusedActs)) return " of counts of refused acts alone";
  const known = { "ForAllValues:StringNotLike": formerPasswords };
  return isDeepStrictEqual(condition, known) ? " but former passwords" : ` if ${JSON.stringify(condition)}`;
}

/** Every right of a function's role, as `action on what`. */
function rights(lambda: Found): string[] {
  const role = referred(lambda.Properties["Role"]);
  const policies = [data, app]
    .flatMap((template) => resources(template, "AWS::IAM::Policy"))
    .filter(({ Properties }) => list(Properties["Roles"]).some((one) => referred(one) === role));
  const statements = policies.flatMap(
    ({ Properties }) => (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement,
  );
  return statements
    .flatMap(({ Action, Resource, Condition }) =>
      list(Action).flatMap((action) =>
        list(Resource).map((one) => `${action} on ${about(one)}${under(Condition)}`),
      ),
    )
    .filter((right, index, every) => every.indexOf(right) === index)
    .sort();
}

/** The rights of every function: to write its own log, and to send traces to X-Ray. */
const basic = [
  "logs:CreateLogStream on log",
  "logs:PutLogEvents on log",
  "xray:PutTelemetryRecords on *",
  "xray:PutTraceSegments on *",
];
const on = (what: string, service: string, actions: string) =>
  actions.split(" ").map((action) => `${service}:${action} on ${what}`);
const withHistory = (actions: string) => on("table", "dynamodb", actions);
const table = (actions: string) => on("table but former passwords", "dynamodb", actions);
const userPool = (actions: string) => on("user pool", "cognito-idp", actions);
const audit = ["dynamodb:PutItem on audit"];

const expected: Record<string, string[]> = {
  meta: [],
  sessions: [
    ...table("BatchGetItem DeleteItem GetItem UpdateItem"),
    ...audit,
    ...userPool("AdminEnableUser AdminInitiateAuth"),
  ],
  passwords: [
    ...withHistory("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem"),
    ...audit,
    ...userPool("AdminCreateUser AdminInitiateAuth AdminSetUserPassword"),
  ],
  users: [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem"),
    "dynamodb:Query on index changed",
    ...audit,
  ],
  organisations: [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem"),
    ...audit,
  ],
  sanctions: [...table("BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem"), ...audit],
  web: [
    ...withHistory("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem"),
    ...audit,
    ...userPool("AdminCreateUser AdminEnableUser AdminInitiateAuth AdminSetUserPassword"),
  ],
  "web-administration": [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem"),
    "dynamodb:Query on index changed",
    "dynamodb:Query on audit",
    ...audit,
  ],
  "web-operator": [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem"),
    "dynamodb:Query on index changed",
    ...audit,
  ],
  audit: [
    ...table("BatchGetItem GetItem"),
    "dynamodb:PutItem on table of the cursors' secret alone",
    "dynamodb:UpdateItem on table of counts of refused acts alone",
    "dynamodb:Query on audit",
    ...audit,
  ],
  "user-imports": [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem"),
    ...audit,
  ],
  "finish-imports": [
    ...table("DeleteItem GetItem PutItem Query UpdateItem"),
    "dynamodb:Query on index due",
    ...audit,
    "sqs:SendMessage on dead letters",
  ],
  "identity-token": [...table("BatchGetItem UpdateItem"), ...audit],
  "send-mail": [
    ...table("BatchGetItem GetItem PutItem UpdateItem"),
    ...on("stream", "dynamodb", "DescribeStream GetRecords GetShardIterator"),
    "dynamodb:ListStreams on *",
    "ses:SendEmail on mail sender",
    "ses:SendRawEmail on mail sender",
    "sqs:SendMessage on dead letters",
  ],
  "mail-feedback": [...table("GetItem Query UpdateItem"), ...audit, "sqs:SendMessage on dead letters"],
  "watch-outbox": ["dynamodb:Query on index due", "sqs:SendMessage on dead letters"],
  bootstrap: [...table("BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem"), ...audit],
  "warn-password-expiry": [
    ...table("ConditionCheckItem DeleteItem PutItem UpdateItem"),
    "dynamodb:Query on index due",
    "sqs:SendMessage on dead letters",
  ],
  "deactivate-inactive": [
    ...table("BatchGetItem ConditionCheckItem DeleteItem GetItem PutItem UpdateItem"),
    "dynamodb:DeleteItem on table of former passwords alone",
    "dynamodb:Query on index due",
    ...audit,
    "sqs:SendMessage on dead letters",
  ],
};

describe("rights", () => {
  it("every folder of functions/ is a function, and there is no other", () => {
    expect([...all.keys()].sort()).toEqual(functionNames());
  });

  it.each([...all])("%s has exactly those it needs", (name, lambda) => {
    expect(rights(lambda)).toEqual([...basic, ...(expected[name] ?? ["not expected"])].sort());
  });

  it("no function shares its role with another", () => {
    const roles = [...all.values()].map(({ Properties }) => referred(Properties["Role"]));
    expect(new Set(roles).size).toBe(all.size);
  });

  it("no role of a function comes with a policy of AWS's making", () => {
    const roles = [data, app].flatMap((template) => resources(template, "AWS::IAM::Role"));
    const ours = roles.filter(({ path }) => path.endsWith("/Role") && !path.startsWith("AWSCDK"));
    expect(ours).toHaveLength(all.size);
    expect(
      ours.filter(({ Properties }) => "ManagedPolicyArns" in Properties || "Policies" in Properties),
    ).toEqual([]);
  });

  it("no function can do more to the audit trail than add to it; the two that show it can look at it", () => {
    const onAudit = [...all].flatMap(([name, lambda]) =>
      rights(lambda)
        .filter((right) => right.endsWith("on audit") && !audit.includes(right))
        .map((right) => `${name}: ${right}`),
    );
    expect(onAudit).toEqual([
      "audit: dynamodb:Query on audit",
      "web-administration: dynamodb:Query on audit",
    ]);
  });

  it("only tracing and listing streams, which know no resources, are about everything; no action is a pattern", () => {
    const every = [...new Set([...all.values()].flatMap(rights))];
    expect(every.filter((right) => right.endsWith(" on *"))).toEqual(
      expect.arrayContaining([
        "dynamodb:ListStreams on *",
        "xray:PutTelemetryRecords on *",
        "xray:PutTraceSegments on *",
      ]),
    );
    expect(every.filter((right) => right.endsWith(" on *"))).toHaveLength(3);
    expect(every.filter((right) => right.split(" on ")[0]?.includes("*"))).toEqual([]);
  });
});

describe("environments", () => {
  it.each([...all])("%s gets the variables that its handler reads, and no others", (name, lambda) => {
    const handler = readFileSync(join("functions", name, "handler.ts"), "utf8");
    const own = [...handler.matchAll(/readEnvironment\(functionVariables(?:\.(\w+)|\["([\w-]+)"\])\)/g)];
    expect(own.map(([, plain, quoted]) => plain ?? quoted)).toEqual([name]);
    const given = Object.keys(variables(lambda)).filter(
      (variable) => !["POWERTOOLS_SERVICE_NAME", "STAGE"].includes(variable),
    );
    expect(given.sort()).toEqual([...functionVariables[name as FunctionName]].sort());
  });

  it("hold no secret but the client's, which CloudFormation fills in", () => {
    const values = [...all.values()].flatMap((one) => Object.entries(variables(one)));
    const secrets = values.filter(([name, value]) => /secret/i.test(name + JSON.stringify(value)));
    expect(new Set(secrets.map(([name]) => name))).toEqual(new Set(["USER_POOL_CLIENT_SECRET"]));
    const referring = secrets.filter(([, value]) =>
      JSON.stringify(value).includes("{{resolve:secretsmanager:"),
    );
    expect(referring).toHaveLength(secrets.length);
  });
});

describe("every function", () => {
  it.each([...all])(
    "%s runs on Node 24, is traced, and logs JSON to a log of its own that ends",
    (name, lambda) => {
      expect(lambda.Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "INFO" },
        Environment: {
          Variables: { POWERTOOLS_SERVICE_NAME: name, STAGE: "production" },
        },
      });
      const { LogGroup } = lambda.Properties["LoggingConfig"] as { LogGroup: unknown };
      const logs = [data, app].flatMap((template) => resources(template, "AWS::Logs::LogGroup"));
      const own = logs.find(({ logicalId }) => logicalId === referred(LogGroup));
      expect(own?.Properties).toMatchObject({ RetentionInDays: 400 });
    },
  );
});
