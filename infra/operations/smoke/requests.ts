import * as z from "zod/mini";
import { problemType } from "../../../shared/http/problems.ts";
import { pageRoutes, type PageRoute } from "../../../shared/web/routes.ts";
import { apiRoutes } from "../../functions.ts";
import type { Route } from "../../../shared/operations/kit/route.ts";

/*
 * Requests from outside, without a password. None changes anything: those that could are refused before they reach an
 * operation.
 */

export const patienceMilliseconds = 30_000;

/** Sends a request and follows no redirect. @throws TypeError or a time-out if there is no answer */
export const send = (url: string, init: RequestInit = {}) =>
  fetch(url, { redirect: "manual", signal: AbortSignal.timeout(patienceMilliseconds), ...init });

/** The body as JSON; null if it is none. */
export const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** All operations of the API. */
export const allRoutes: readonly Route[] = Object.values<Readonly<Record<string, Route>>>(apiRoutes).flatMap(
  (routes) => Object.values(routes),
);

const Problem = z.looseObject({ type: z.string(), title: z.string(), status: z.number() });

/** A sentence if an answer is not the problem that it should be, else null. */
export async function problemFault(
  response: Response,
  what: string,
  { status, slug }: { readonly status: number; readonly slug: Parameters<typeof problemType>[0] },
): Promise<string | null> {
  const wanted = `${what}: ${status} ${slug} was expected`;
  const type = response.headers.get("content-type") ?? "no media type";
  const body = z.safeParse(Problem, await jsonOf(response));
  if (response.status !== status) return `${wanted}, the answer is ${response.status}`;
  if (!type.startsWith("application/problem+json")) return `${wanted}, the answer is ${type}`;
  if (!body.success || body.data.type !== problemType(slug)) return `${wanted}, the body is another`;
  return null;
}

/** The sentences of those that found a fault. */
export const sentences = async (faults: readonly Promise<string | null>[]) =>
  (await Promise.all(faults)).filter((fault) => fault !== null);

/** All pages. */
export const allPages: readonly PageRoute[] = Object.values(pageRoutes).flat();
