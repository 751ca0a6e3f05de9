import { createHash } from "node:crypto";
import type { Member } from "../../domain/ports/users.ts";
import type { Route } from "./route.ts";

/** A call with an Idempotency-Key, with parameters as they were sent. */
export interface KeyedCall {
  /** Null on pages for anyone. */
  readonly caller: Pick<Member, "user"> | null;
  readonly route: Pick<Route, "method" | "path">;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly key: string;
}

/** SHA-256 (hex) of caller, route, parameters and key, so that a repeated request has the same id. */
export function requestIdOf({ caller, route, params, query, key }: KeyedCall): string {
  const by = caller ? `${caller.user.organisationId}/${caller.user.username}` : "anyone";
  const about = JSON.stringify([route.method, route.path, params, query]);
  return createHash("sha256")
    .update(JSON.stringify([by, about, key]))
    .digest("hex");
}
