import * as z from "zod/mini";
import type { Origin } from "../domain/audit.ts";
import { DomainError, isDomainError } from "../domain/errors.ts";
import type {
  Caller,
  DataAccess,
  Operation,
  OperationAnswer,
  OperationRequest,
  OperationResponse,
} from "../operations/kit/operation.ts";
import type { DecodedText } from "../operations/kit/decode-text.ts";
import { requiredIfMatch } from "../operations/kit/precondition.ts";
import type { Access, Route } from "../operations/kit/route.ts";
import { parse, type Place } from "../operations/kit/validation.ts";
import type { Language } from "../texts/language.ts";
import { authorise } from "./authorisation.ts";
import { answerOnce, repeatableRequest, type Repetition } from "./idempotency.ts";
import { isRecorded, type RecordDataAccess } from "./record-data-access.ts";
import type { RecordRefusedAct } from "./record-refused-act.ts";

/** A call as the API or a page received it, with nothing checked yet. */
export interface IncomingCall {
  /** Finds the caller; not used for routes that are open to anyone. @throws not-authenticated */
  readonly authenticate: () => Promise<Caller> | Caller;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Reads the query; like the body only once the caller is authorised. @throws invalid-request */
  readonly readQuery: () => Readonly<Record<string, string | undefined>>;
  /** Reads the body of a call that changes something, only once the caller is authorised. */
  readonly readBody: () => unknown;
  /** The header If-Match. */
  readonly ifMatch: string | undefined;
  /** The header Idempotency-Key. */
  readonly idempotencyKey: string | undefined;
  /** The key of a page's form. */
  readonly formKey?: string | undefined;
  readonly wantsCsv: boolean;
  readonly language: Language;
  readonly sourceAddress: string;
  readonly requestId: string;
  /** Collects what was shown, for an edge that calls several operations and records it once, before it answers. */
  readonly dataViewed?: DataAccess[] | undefined;
}

export interface CallDependencies {
  /** Left out where no route takes an Idempotency-Key. */
  readonly repetition?: Repetition;
  /** Left out where all routes are open to anyone. */
  readonly recordDataAccess?: RecordDataAccess;
  /** Left out by pages, which refuse on their own too and record it for the whole request (web-app.ts). */
  readonly recordRefusedAct?: RecordRefusedAct;
}

/**
 * The one way in to an operation, for the API and for pages: authenticate, authorise, parse, repeat or run, record.
 * The caller is checked before the input, so that outsiders learn nothing from a faulty body.
 * @throws every domain error that the route can answer
 */
export async function callOperation<R extends Route>(
  route: R,
  operation: Operation<R>,
  call: IncomingCall,
  dependencies: CallDependencies,
): Promise<OperationAnswer<R>> {
  const caller = route.who === "anyone" ? null : await call.authenticate();
  try {
    return await callAs(caller, route, operation, call, dependencies);
  } catch (error) {
    const { params, sourceAddress: address, requestId } = call;
    if (caller)
      await dependencies.recordRefusedAct?.(error, { caller, route, params, origin: { address, requestId } });
    throw error;
  }
}

async function callAs<R extends Route>(
  caller: Caller | null,
  route: R,
  operation: Operation<R>,
  call: IncomingCall,
  dependencies: CallDependencies,
): Promise<OperationAnswer<R>> {
  if (caller) authorise(route, caller, call.params["id"]);
  const { request, repeatable } = await parseCall(caller, route, call, dependencies);
  // The route's own schemas made the request, which the compiler cannot see.
  const run = () => operation(request as unknown as OperationRequest<R>);
  const recordView = viewRecorder(route, call, caller, dependencies.recordDataAccess);
  try {
    const response: OperationAnswer<R> & Partial<AnyShown> = await answerOnce(repeatable, run);
    if (response.audited !== true) await recordView(response.dataAccess ?? unnamedView(call, caller));
    return response;
  } catch (error) {
    if (isDomainError(error) && route.problemSchemas?.[error.code] && !error.audited)
      await recordView({ ...unnamedView(call, caller), detail: { what: error.code } });
    throw error;
  }
}

/** @throws invalid-request, not-found, precondition-required, and the errors of reading query and body */
async function parseCall(
  caller: Caller | null,
  route: Route,
  call: IncomingCall,
  { repetition }: CallDependencies,
) {
  const params = validParams(route, call);
  const givenQuery = call.readQuery();
  const query = valid(route.query ?? noParameters, givenQuery, "query");
  const content = route.method === "GET" ? undefined : await call.readBody();
  const file = route.text ? (content as DecodedText) : null;
  const body = file ? file.text : valid(route.body, content, "body");
  const keyed = { ...call, query: givenQuery, caller, route, body, key: keyOf(route, call) };
  const repeatable = repeatableRequest(keyed, repetition);
  const request = {
    params,
    query,
    body,
    encoding: file?.encoding ?? "utf-8",
    repeatable,
    caller,
    origin: originOf(call, caller),
    ifMatch: route.precondition ? requiredIfMatch(call.ifMatch) : null,
    wantsCsv: route.success.alsoCsv === true && call.wantsCsv,
    language: call.language,
    sourceAddress: call.sourceAddress,
  } satisfies Record<keyof OperationRequest<Route>, unknown>;
  return { request, repeatable };
}

/** Forms have keys for more routes than the API takes them for, where the header has no meaning. */
function keyOf(route: Route, { idempotencyKey, formKey }: IncomingCall): string | undefined {
  if (route.idempotent) return idempotencyKey ?? formKey;
  return route.repeatedByForms ? formKey : undefined;
}

type AnyShown = Pick<OperationResponse<Route & { who: readonly Access[] }>, "dataAccess" | "audited">;

/** For an answer that does not name what it shows, such as one that a version before kept for a repeat. */
function unnamedView({ params }: IncomingCall, caller: Caller | null): DataAccess {
  return { organisationId: params["id"] ?? caller?.organisation.id ?? "", detail: { what: "answer" } };
}

/** Records what an answer shows, or hands it to the edge that does; routes without a group of callers show nothing. */
function viewRecorder(
  route: Route,
  call: IncomingCall,
  caller: Caller | null,
  recordDataAccess: RecordDataAccess | undefined,
): (access: DataAccess) => Promise<void> {
  return async (access) => {
    if (!caller || route.who === "anyone" || route.who === "signed-in") return;
    if (!isRecorded(route, caller, access)) return;
    if (!recordDataAccess) throw new Error("A function that shows personal data cannot record it");
    if (call.dataViewed) call.dataViewed.push(access);
    else await recordDataAccess([access], originOf(call, caller));
  };
}

function originOf({ sourceAddress, requestId }: IncomingCall, caller: Caller | null): Origin {
  const actor = caller && { username: caller.user.username, organisationId: caller.user.organisationId };
  return { actor, address: sourceAddress, requestId };
}

/** @throws not-found for path parameters that cannot name a resource */
function validParams({ params: schema }: Route, { params }: IncomingCall): Record<string, never> {
  if (!schema) return {};
  const result = parse(schema, params, "query");
  if (!result.ok) throw new DomainError("not-found");
  return result.data as Record<string, never>;
}

const noParameters = z.strictObject({});

function valid(schema: Route["body"], value: unknown, place: Place): Record<string, never> {
  if (!schema) return {};
  const result = parse(schema, value, place);
  if (!result.ok) throw new DomainError("invalid-request", { errors: result.errors });
  return result.data as Record<string, never>;
}
