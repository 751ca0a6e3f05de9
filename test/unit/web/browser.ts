import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import type { WebOperations, WebSession } from "../../../functions/web/operations.ts";
import { createWebApp, type WebDependencies } from "../../../functions/web/web.ts";
import { LinkExpired } from "../../../shared/domain/errors.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";
import { contacts, member, publicUrl, settings } from "./samples.ts";

export const token = "k3WbR0pTq9v";
export const password = "Groene-Fiets-88";

export const session: WebSession = {
  member,
  passwordExpiry: { expiresAt: "2026-12-02T10:00:00.000Z", daysLeft: 60, warning: false },
};

/** Operations of a system with one user, one good link and one session. */
export const operations: WebOperations = {
  requestPasswordLink: () => Promise.resolve(),
  viewPasswordLink: (given) =>
    given === token
      ? Promise.resolve({ username: "ftest", expiresAt: "2026-11-22T20:00:00.000Z" })
      : Promise.reject(new LinkExpired()),
  redeemPasswordLink: (given) =>
    given.token === token ? Promise.resolve() : Promise.reject(new LinkExpired()),
  signInToWeb: () => Promise.resolve({ ...session, cookie: "geheim" }),
  findWebSession: (cookie) => Promise.resolve(cookie === "geheim" ? session : null),
  endWebSession: () => Promise.resolve(),
};

export interface Visit {
  readonly method?: "GET" | "POST";
  readonly resource: string;
  readonly parameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly form?: Record<string, string> | string;
  readonly base64?: boolean;
}

/** What API Gateway would hand to the function; the Host is one that no answer may repeat. */
export function eventOf({ form, ...visit }: Visit): APIGatewayProxyEvent {
  const body = typeof form === "object" ? new URLSearchParams(form).toString() : form;
  const posted = form === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" };
  const event = gatewayEvent({
    method: visit.method ?? (form === undefined ? "GET" : "POST"),
    path: visit.resource,
    headers: { Host: "kwaad.example", ...posted, ...visit.headers },
    body: body ?? null,
    ...(visit.parameters && { params: visit.parameters }),
    ...(visit.query && { query: visit.query }),
  });
  if (!visit.base64) return event;
  return { ...event, body: Buffer.from(body ?? "").toString("base64"), isBase64Encoded: true };
}

export interface Answer extends APIGatewayProxyResult {
  readonly headers: Record<string, string>;
}

/** Visits pages of an application in which some operations are other ones. */
export function browse(changes: Partial<WebDependencies> = {}) {
  const log: { message: string; details: Record<string, string> }[] = [];
  const logger = {
    error: (message: string, details: Record<string, string>) => void log.push({ message, details }),
  };
  const app = createWebApp({ ...operations, settings, contacts, publicUrl, logger, ...changes });
  const visit = async (to: Visit) => (await app(eventOf(to))) as Answer;
  return { visit, log };
}
