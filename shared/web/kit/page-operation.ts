import { DomainError } from "../../domain/errors.ts";
import { callOperation, type CallDependencies } from "../../http/call-operation.ts";
import type { DataAccess, Operation, OperationAnswer, Operations } from "../../operations/kit/operation.ts";
import type { DecodedText } from "../../operations/kit/decode-text.ts";
import type { Route } from "../../operations/kit/route.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { Language } from "../../texts/language.ts";
import { FormRestored } from "./errors.ts";

/** A page's call of an operation. Values are as they were sent: the route's schemas check them. */
export interface PageCall {
  /** Null on pages that are open to anyone. */
  readonly session: WebSession | null;
  readonly requestId: string;
  readonly language: Language;
  readonly sourceAddress: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In the place of `body`, for routes that take text. */
  readonly text?: DecodedText;
  /** The ETag of what the form showed, for routes that change no other version. */
  readonly ifMatch?: string;
  readonly wantsCsv?: boolean;
  /** The form's own key: a form that is sent twice is carried out once (docs/adr/0006). */
  readonly formKey?: string;
  /** True for a saved form that is shown again: nothing is written before the user sends it. */
  readonly restored?: boolean;
  /** Collects what the page shows, for one audit event (`Site.dataViewed`). */
  readonly dataViewed?: DataAccess[];
}

/** The answer to a page. A form that was carried out before is answered without the body. */
export type PageAnswer<R extends Route> = Omit<OperationAnswer<R>, "body"> & {
  readonly body: OperationAnswer<R>["body"] | (R["repeatedByForms"] extends true ? null : never);
};

/** An operation as a page calls it. @throws every domain error that the route can answer, FormRestored */
export type PageOperation<R extends Route> = (call: PageCall) => Promise<PageAnswer<R>>;

const noText: DecodedText = { text: "", encoding: "utf-8" };

/** The operations behind routes, as pages call them. */
export type PageOperations<R extends Record<string, Route>> = {
  readonly [K in keyof R]: PageOperation<R[K]>;
};

/** Makes operations callable by pages; each call goes through `callOperation`, as the API's do. */
export function pageOperations<R extends Record<string, Route>, K extends keyof R & string>(
  routes: R,
  operations: Pick<Operations<R>, K>,
  dependencies: CallDependencies,
): Pick<PageOperations<R>, K> {
  const names = Object.keys(operations) as K[];
  const made = names.map((name) => [name, pageOperation(routes[name], operations[name], dependencies)]);
  return Object.fromEntries(made) as Pick<PageOperations<R>, K>;
}

export function pageOperation<R extends Route>(
  route: R,
  operation: Operation<R>,
  dependencies: CallDependencies,
): PageOperation<R> {
  return (call) =>
    callOperation(
      route,
      operation,
      {
        authenticate: () => callerOf(call.session),
        params: call.params ?? {},
        readQuery: () => call.query ?? {},
        readBody: () => {
          if (call.restored) throw new FormRestored();
          return route.text ? (call.text ?? noText) : (call.body ?? {});
        },
        ifMatch: call.ifMatch,
        idempotencyKey: undefined,
        formKey: call.formKey || undefined,
        wantsCsv: call.wantsCsv === true,
        language: call.language,
        sourceAddress: call.sourceAddress,
        requestId: call.requestId,
        dataViewed: call.dataViewed,
      },
      dependencies,
    );
}

function callerOf(session: WebSession | null) {
  if (!session) throw new DomainError("not-authenticated");
  return { ...session.member, sessionId: session.sessionId };
}
