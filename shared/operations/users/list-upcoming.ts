import type { UserDirectory } from "../../domain/ports/users.ts";
import type { Clock } from "../../domain/time.ts";
import type { Settings } from "../../domain/settings.ts";
import { upcomingIn } from "../../domain/upcoming.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";
import { mostUpcoming } from "./schemas.ts";

export interface ListUpcomingDependencies {
  readonly directory: Pick<UserDirectory, "entries">;
  readonly settings: Pick<Settings, "inactivityMonths">;
  readonly clock: Clock;
}

export function listUpcoming(dependencies: ListUpcomingDependencies): Operation<typeof routes.listUpcoming> {
  const { directory, settings, clock } = dependencies;
  return async ({ params, query }) => {
    const entries = await directory.entries(params.id);
    const ends = upcomingIn(query.days, entries, clock(), settings);
    const body = { items: ends.slice(0, mostUpcoming), total: ends.length };
    return { body, dataAccess: { organisationId: params.id, detail: { what: "upcoming" } } };
  };
}
