import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod/mini";
import { settingsSchema, settingsShape, type Settings } from "../shared/domain/settings.ts";
import { contactsSchema, operatorAdminSchema, type Contacts } from "../shared/runtime/environment.ts";

/** Regions in a member state of the EU; London and Zürich are in Europe, not in the Union. */
const regions = ["eu-west-1", "eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2"] as const;

const withoutSlash = z.overwrite((address: string) => address.replace(/\/+$/, ""));

/** An address that people are sent to: HTTPS, or HTTP on this machine. */
const webAddress = z
  .url()
  .check(
    z.regex(/^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost)(?![^:/])/),
    withoutSlash,
    z.describe("a web address with https, or with http on this machine"),
  );

/** AWS lets an account reserve all but 100 of its containers, of which it has 1,000 by default. */
const mostReserved = 900;

const whole = (most: number) => z.coerce.number().check(z.int(), z.minimum(1), z.maximum(most));

const containers = z.int().check(z.minimum(1), z.maximum(mostReserved));

/** Every key of the configuration: its own, those that functions need too, and all settings. */
const shape = {
  stage: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,19}$/)),
  region: z.enum(regions),
  /** The address of pages and API, if it is not the one that API Gateway gives. */
  publicUrl: z.optional(webAddress),
  /** A custom domain for pages and API; ACM must hold its certificate in this region. */
  domainName: z.optional(z.string().check(z.regex(/^(?=.{4,253}$)(?:[a-z0-9-]+\.)+[a-z]{2,}$/))),
  certificateArn: z.optional(
    z.string().check(z.regex(/^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/)),
  ),
  /** The addresses that people may be sent back to after signing in for Portero. */
  porteroCallbackUrls: z.array(webAddress).check(z.minLength(1)),
  /** Gives Portero's client a secret; false if Portero runs in browsers, which cannot keep one. */
  porteroClientSecret: z._default(z.union([z.boolean(), z.stringbool()]), true),
  /** The first label of the host of the page where people sign in for Portero; must be free in the region. */
  loginDomainPrefix: z.optional(
    z.string().check(z.regex(/^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)),
  ),
  operatorName: contactsSchema.shape.operatorName,
  porteroUrl: webAddress,
  sender: contactsSchema.shape.sender,
  serviceDesk: z.strictObject(contactsSchema.shape.serviceDesk.shape),
  contractManagement: z.strictObject(contactsSchema.shape.contractManagement.shape),
  operatorAdmin: z.strictObject(operatorAdminSchema.shape),
  /** The address that gets a mail when an alarm goes off. */
  alarmEmail: z.email(),
  /** What the account may cost in a month, in US dollars, before a mail says so. */
  dollarsPerMonth: whole(1_000_000),
  /** The mails that SES takes from the account in a day: its sending quota there. */
  mailsPerDay: z._default(whole(10_000_000), 50_000),
  /** Refused sign-ins in five minutes, over all organisations, that are an attack rather than a Monday morning. */
  refusedSignInsAlarm: z._default(whole(1_000_000), 300),
  /** The origin of the identity tokens' public keys, if it is not Cognito's. */
  jwksOrigin: z.optional(z.url({ protocol: /^https?$/ }).check(withoutSlash)),
  /** `retain` keeps the data when their stack is deleted, and protects them against deletion. */
  removalPolicy: z.enum({ retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY }),
  logRetentionDays: z.pipe(z.coerce.number(), z.enum(RetentionDays)),
  /**
   * Containers that are kept for a function and are its ceiling as well; left out: it shares those of the account. A
   * stream has no ceiling of its own (`MaximumConcurrency` is for SQS alone), so `send-mail` needs this one.
   */
  reservedConcurrency: z.optional(
    z.strictObject({
      "identity-token": z.optional(containers),
      "send-mail": z.optional(containers),
      "warn-password-expiry": z.optional(containers),
      "deactivate-inactive": z.optional(containers),
    }),
  ),
  ...settingsShape,
} satisfies Record<string, z.ZodMiniType>;

type Key = keyof typeof shape;
type Values = z.infer<z.ZodMiniObject<typeof shape>>;

type Parsed = Pick<Configuration, "domainName" | "certificateArn" | "reservedConcurrency" | "settings">;

export interface Configuration extends Omit<Values, keyof Settings | keyof Contacts> {
  readonly settings: Settings;
  readonly contacts: Contacts;
}

/** The configuration is wrong; the message tells its author which key, and why. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/**
 * Reads the configuration of one stage from the CDK's context: `stages[stage]`, overridden by keys beside `stages`,
 * such as those of `cdk -c key=value`.
 * @throws ConfigurationError with a sentence for each key that is unknown, missing or wrong
 */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const { stages, ...own } = Object.fromEntries(Object.entries(context).filter(([key]) => !isOfTheCdk(key)));
  const all = { ...stageOf(stages, own["stage"]), ...own };
  const given = Object.fromEntries(Object.entries(all).map(([key, value]) => [key, fromText(key, value)]));
  const sentences = [...unknownKeys(given), ...wrongValues(given)];
  if (sentences.length > 0) throw new ConfigurationError(sentences.join("\n"));
  const values = z.parse(z.object(shape), given);
  const settings = z.parse(settingsSchema, values);
  const contradictions = contradictionsIn({ ...values, settings });
  if (contradictions.length > 0) throw new ConfigurationError(contradictions.join("\n"));
  return { ...values, settings, contacts: z.parse(contactsSchema, values) };
}

/** The CDK keeps feature flags, caches of look-ups and switches in the same context. */
function isOfTheCdk(key: string): boolean {
  return /[@:/]/.test(key) || key.startsWith("cdk-");
}

function stageOf(stages: unknown, stage: unknown): Record<string, unknown> {
  const known = typeof stages === "object" && stages !== null ? (stages as Record<string, unknown>) : {};
  const names = Object.keys(known).join(", ");
  if (typeof stage !== "string" || !Object.hasOwn(known, stage)) {
    throw new ConfigurationError(`stage: ${quote(stage)} is not described in cdk.json; allowed: ${names}.`);
  }
  return known[stage] as Record<string, unknown>;
}

/** On a command line every value is text, even objects and lists. */
function fromText(key: string, value: unknown): unknown {
  if (!(key in shape) || typeof value !== "string") return value;
  const { def } = shape[key as Key]._zod;
  const { type } = def.type === "optional" ? def.innerType._zod.def : def;
  if (type !== "object" && type !== "array") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function unknownKeys(given: Record<string, unknown>): string[] {
  return Object.keys(given)
    .filter((key) => !(key in shape))
    .map((key) => `${key}: is not a key of the configuration; allowed: ${Object.keys(shape).join(", ")}.`);
}

function wrongValues(given: Record<string, unknown>): string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const value = given[key];
    // An empty text would be read as the number 0.
    if (value === "" || value === null) return [sentence([key], value, schema)];
    const result = z.safeParse(schema, value);
    const issues = result.success ? [] : result.error.issues;
    return issues.flatMap((issue) => {
      const paths = issue.code === "unrecognized_keys" ? issue.keys.map((name) => [name]) : [issue.path];
      return paths.map((path) => sentence([key, ...path.map(String)], at(value, path), schema));
    });
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function sentence([key = "", ...inside]: readonly string[], value: unknown, schema: z.ZodMiniType): string {
  const allowed = allowedBy(z.toJSONSchema(schema) as JsonSchema, inside);
  const wrong = value === undefined ? "is missing" : `${quote(value)} is not allowed`;
  return `${[key, ...inside].join(".")}: ${wrong}; allowed: ${allowed}.`;
}

function quote(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** Describes a schema in words, so that error messages always state the rule that was applied. */
function allowedBy(schema: JsonSchema, [key, ...inside]: readonly string[] = []): string {
  if (key !== undefined) {
    const part = schema.properties?.[key];
    return part ? allowedBy(part, inside) : Object.keys(schema.properties ?? {}).join(", ");
  }
  if (schema.description) return schema.description;
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => allowedBy(one)))].join(" or ");
  if (schema.enum) return schema.enum.join(", ");
  if (schema.items) return `a list of ${allowedBy(schema.items)}`;
  if (schema.properties) return `an object with ${Object.keys(schema.properties).join(", ")}`;
  if (schema.type === "integer") return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === "boolean") return "true or false";
  if (schema.format === "email") return "an e-mail address";
  if (schema.format === "uri") return "a web address";
  return schema.pattern ? `text of the form ${schema.pattern}` : "text";
}

/** Sentences about values that are each valid but contradict each other. */
function contradictionsIn({ domainName, certificateArn, reservedConcurrency, settings }: Parsed): string[] {
  const reserved = Object.values(reservedConcurrency ?? {}).reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const fewestDaysInMonth = 28;
  const passwordDays = settings.passwordMonths * fewestDaysInMonth;
  const inactivityDays = settings.inactivityMonths * fewestDaysInMonth;
  return [
    (domainName === undefined) !== (certificateArn === undefined) &&
      "domainName and certificateArn: one without the other is not allowed; allowed: both or neither.",
    reserved > mostReserved &&
      `reservedConcurrency: ${reserved} in all is not allowed; allowed: ${mostReserved} in all.`,
    settings.passwordWarningDays >= passwordDays &&
      `passwordWarningDays: ${settings.passwordWarningDays} is not allowed; allowed: fewer days than a password lasts (passwordMonths: ${settings.passwordMonths}).`,
    settings.inactivityNoticeDays >= inactivityDays &&
      `inactivityNoticeDays: ${settings.inactivityNoticeDays} is not allowed; allowed: fewer days than an account may be unused (inactivityMonths: ${settings.inactivityMonths}).`,
  ].filter((one) => one !== false);
}
