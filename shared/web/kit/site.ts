import type { Settings } from "../../domain/settings.ts";
import type { Contacts } from "../../runtime/environment.ts";
import type { Language } from "../../texts/language.ts";
import { scriptFiles, styleSheetFile } from "./asset-names.ts";
import type { DataAccess } from "../../operations/kit/operation.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageRequest } from "./request.ts";
import type { PagePath, PathParameter, PathParameters } from "../routes.ts";

/** Optional scripts; pages work without JavaScript. */
export type PageScript = keyof typeof scriptFiles;

/** The parts of a request and of the configuration that every page uses. */
export interface Site {
  readonly language: Language;
  readonly contacts: Contacts;
  readonly settings: Settings;
  readonly version: string;
  readonly commit: string;
  readonly styleSheet: string;
  scriptAddress(script: PageScript): string;
  /** Null without a session, and on pages that do not look for one. */
  readonly session: WebSession | null;
  /** The data that operations have read for this page. CIZ's view of it is recorded once, before the answer. */
  readonly dataViewed: DataAccess[];
  /** This page in another language. */
  inLanguage(language: Language): string;
  /** A page's path with the public base path before it and its parameters filled in. */
  link<P extends PagePath>(
    path: P,
    ...parameters: unknown extends PathParameters<P> ? [] : [PathParameters<P>]
  ): string;
}

/** Configuration, the same for all requests. */
export interface SiteSetting {
  readonly contacts: Contacts;
  readonly settings: Settings;
  readonly publicUrl: string;
  readonly version: string;
  readonly commit: string;
}

/** The part of the public address that comes after its host, without a slash at the end. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, "");
}

export function createSite(
  { contacts, settings, publicUrl, version, commit }: SiteSetting,
  { language, queries }: Pick<PageRequest, "language" | "queries">,
  session: WebSession | null,
): Site {
  const base = basePathOf(publicUrl);
  return {
    language,
    contacts,
    settings,
    version,
    commit,
    session,
    dataViewed: [],
    styleSheet: `${base}/assets/${styleSheetFile}`,
    scriptAddress: (script) => `${base}/assets/${scriptFiles[script]}`,
    inLanguage: (taal) => `?${new URLSearchParams({ ...queries, taal }).toString()}`,
    link: (path, ...[parameters = {}]) =>
      base + fillPath(path, (name) => (parameters as Partial<Record<string, string>>)[name] ?? ""),
  };
}

/** A route's path with its parameters filled in. */
export function fillPath(path: string, parameter: (name: PathParameter) => string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: PathParameter) => encodeURIComponent(parameter(name)));
}
