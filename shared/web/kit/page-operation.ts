import { DomainError } from "../../domain/errors.ts";
import type { Origin } from "../../domain/audit.ts";
import { authorise } from "../../http/authorisation.ts";
import type { ApiRequest, ApiResponse, Operation, Route } from "../../operations/kit/route.ts";
import {
  answerOnce,
  RepeatableRequest,
  requestId,
  type Repetition,
  type RequestIdentity,
} from "../../http/idempotency.ts";
import { requiredIfMatch } from "../../operations/kit/precondition.ts";
import { parse, type Place } from "../../operations/kit/validation.ts";
import type { Language } from "../../texts/language.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import { FormRestored } from "./errors.ts";

/** What a page asks of an operation of the interface: as it was typed, for the route's schemas to judge. */
export interface PageCall {
  readonly session: WebSession;
  /** Without its actor, which is whoever the session belongs to. */
  readonly origin: Origin;
  readonly language: Language;
  readonly sourceAddress: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In the place of `body`, for routes that take text. */
  readonly text?: string;
  /** The ETag of what the form showed, for routes that change no other version. */
  readonly ifMatch?: string;
  readonly wantsCsv?: boolean;
  /** Given with the form, so that whoever sends it twice does it once (docs/adr/0006). */
  readonly formKey?: string;
  /** Whether the form is only shown again, so that nothing may be done yet. */
  readonly resumed?: boolean;
}

/** An operation of the interface as a page calls it. @throws every domain error that the route can answer */
export type PageOperation<R extends Route> = (call: PageCall) => Promise<ApiResponse<R>>;

/**
 * The route's own checks of who calls and what they sent, as the interface makes them, for a page's session.
 * @param repetition what forms with a key need
 */
export function pageOperation<R extends Route>(
  route: R,
  operation: Operation<R>,
  repetition?: Repetition,
): PageOperation<R> {
  return async (call) => {
    const { session, origin, language, sourceAddress, params = {} } = call;
    const { member, sessionId } = session;
    authorise(route.who, member, params["id"]);
    if (call.resumed && route.method !== "GET") throw new FormRestored();
    const { username, organisationId } = member.user;
    const body = route.text ? (call.text ?? "") : valid(route.body, call.body ?? {}, "body");
    const repeatable = repetition ? repeatableForm(route, call, body, repetition) : null;
    const request = {
      params: validParams(route, params),
      query: valid(route.query, call.query ?? {}, "query"),
      body,
      repeatable,
      caller: { ...member, sessionId },
      origin: { ...origin, actor: { username, organisationId } },
      ifMatch: route.precondition ? requiredIfMatch(call.ifMatch) : null,
      wantsCsv: route.success.alsoCsv === true && call.wantsCsv === true,
      language,
      sourceAddress,
    } satisfies Record<keyof ApiRequest<Route>, unknown>;
    // The route's own schemas made it, which the compiler cannot see.
    return answerOnce(repeatable, () => operation(request as unknown as ApiRequest<R>));
  };
}

/** Whose call with a key this is, and of what. */
type KeyedCall = Pick<PageCall, "session" | "params" | "query"> & { readonly formKey: string };

function identityOf(route: Route, { session, params = {}, query = {}, formKey }: KeyedCall): RequestIdentity {
  const { username, organisationId } = session.member.user;
  const about = JSON.stringify([route.method, route.path, params, query]);
  return { caller: `${organisationId}/${username}`, route: about, key: formKey };
}

/** What the operation knows a call by that came with a form's key. */
export function callId(route: Route, call: KeyedCall): string {
  return requestId(identityOf(route, call));
}

/** As the interface takes an Idempotency-Key; null for a form that came without one. */
function repeatableForm(
  route: Route,
  call: PageCall,
  asked: unknown,
  repetition: Repetition,
): RepeatableRequest | null {
  const { formKey } = call;
  if (!route.idempotent || formKey === undefined || formKey === "") return null;
  return new RepeatableRequest({ ...identityOf(route, { ...call, formKey }), asked }, repetition);
}

/** An address that can name nothing names nothing. */
function validParams({ params: schema }: Route, params: PageCall["params"]): Record<string, never> {
  if (!schema) return {};
  const result = parse(schema, params, "query");
  if (!result.ok) throw new DomainError("not-found");
  return result.data as Record<string, never>;
}

function valid(schema: Route["body"], value: unknown, place: Place): Record<string, never> {
  if (!schema) return {};
  const result = parse(schema, value, place);
  if (!result.ok) throw new DomainError("invalid-request", { errors: result.errors });
  return result.data as Record<string, never>;
}
