import type { UserDirectory } from "../../domain/ports.ts";
import type { Settings } from "../../domain/settings.ts";
import { upcomingIn } from "../../domain/upcoming.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

export interface ListUpcomingDependencies extends TraceViewDependencies {
  readonly directory: Pick<UserDirectory, "entries">;
  readonly settings: Pick<Settings, "inactivityMonths">;
}

export function listUpcoming(dependencies: ListUpcomingDependencies): Operation<typeof routes.listUpcoming> {
  const { directory, settings, clock } = dependencies;
  const note = traceView(dependencies);
  return async ({ params, query, caller, origin }) => {
    const entries = await directory.entries(params.id);
    const items = upcomingIn(query.days, entries, clock(), settings);
    await note({ caller, origin, organisationId: params.id, detail: { what: "upcoming" } });
    return { body: { items } };
  };
}
