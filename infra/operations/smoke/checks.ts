import type { Check } from "./check.ts";
import { dataChecks } from "./data.ts";
import { httpChecks } from "./http.ts";
import { peopleChecks } from "./people.ts";
import { serviceChecks } from "./services.ts";

/** All checks, in the order in which they run: those that need a person come last. */
export const checks: readonly Check[] = [...httpChecks, ...dataChecks, ...serviceChecks, ...peopleChecks];
