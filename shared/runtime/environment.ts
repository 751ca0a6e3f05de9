import * as z from "zod/mini";
import { settingsSchema } from "../domain/settings.ts";

const text = z.string().check(z.minLength(1));

/** The operator's names and addresses that mails and pages show. */
export const contactsSchema = z.object({
  operatorName: text,
  porteroUrl: z.url(),
  /** The sender address of mails. */
  sender: z.email(),
  serviceDesk: z.object({ email: z.email(), phone: text }),
  contractManagement: z.object({ email: z.email() }),
});
export type Contacts = z.infer<typeof contactsSchema>;

/** The first contract manager of a new installation. */
export const operatorAdminSchema = z.object({
  initials: text,
  firstName: text,
  infix: z._default(z.nullable(z.string()), null),
  lastName: text,
  email: z.email(),
});

function json<S extends z.ZodMiniType>(schema: S) {
  const parsed = z.transform((value: string, context): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      context.issues.push({ code: "custom", message: "is not JSON", input: value });
      return z.NEVER;
    }
  });
  return z.pipe(z.pipe(text, parsed), schema);
}

/** All environment variables of all functions: their names and formats stand here only. */
export const environmentVariables = {
  TABLE_NAME: text,
  AUDIT_TABLE_NAME: text,
  USER_POOL_ID: text,
  USER_POOL_CLIENT_ID: text,
  /** The secret of that client, which the deployment fills in (docs/adr/0033). */
  USER_POOL_CLIENT_SECRET: text,
  /** The `iss` claim of identity tokens. */
  TOKEN_ISSUER: z.url(),
  /** The URL of the keys that identity tokens are signed with. */
  TOKEN_JWKS_URI: z.url(),
  /** Origin and base path of the pages that mails link to, without a trailing slash. */
  PUBLIC_URL: z.url(),
  SETTINGS: json(settingsSchema),
  CONTACTS: json(contactsSchema),
  OPERATOR_ADMIN: json(operatorAdminSchema),
  /** The SES configuration set of our mails; feedback on mails must name it. */
  MAIL_CONFIGURATION_SET: text,
  /** The only SNS topic whose feedback on mails is accepted. */
  MAIL_FEEDBACK_TOPIC_ARN: text,
  VERSION: text,
  /** The commit that was deployed. */
  COMMIT: text,
};

export type EnvironmentVariable = keyof typeof environmentVariables;
/** The parsed variables of these names. */
export type Environment<K extends EnvironmentVariable> = {
  [P in K]: z.infer<(typeof environmentVariables)[P]>;
};

/**
 * Reads and validates the variables that a function needs; handlers call it once.
 * @throws Error that names every missing or wrong variable, which stops the container
 */
export function readEnvironment<const K extends EnvironmentVariable>(
  names: readonly K[],
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment<K> {
  const shape = Object.fromEntries(names.map((name) => [name, environmentVariables[name]]));
  const result = z.safeParse(z.object(shape), source);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => issue.path.join("."));
    throw new Error(`Missing or wrong environment variables: ${[...new Set(wrong)].join(", ")}`);
  }
  return result.data as Environment<K>;
}
