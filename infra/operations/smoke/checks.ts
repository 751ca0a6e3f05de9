import { accessChecks } from "./access.ts";
import type { Check } from "./check.ts";
import { functionChecks } from "./functions.ts";
import { httpChecks } from "./http.ts";
import { mailChecks } from "./mail.ts";
import { peopleChecks } from "./people.ts";
import { protectionChecks } from "./protection.ts";
import { tableChecks } from "./tables.ts";
import { tlsChecks } from "./tls.ts";
import { userPoolChecks } from "./user-pool.ts";
import { watchingChecks } from "./watching.ts";
import { workChecks } from "./work.ts";

/** All checks, in the order in which they run: those that need a person come last. */
export const checks: readonly Check[] = [
  ...httpChecks,
  ...tlsChecks,
  ...accessChecks,
  ...tableChecks,
  ...userPoolChecks,
  ...workChecks,
  ...functionChecks,
  ...watchingChecks,
  ...protectionChecks,
  ...mailChecks,
  ...peopleChecks,
];
