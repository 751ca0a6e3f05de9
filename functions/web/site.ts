import type { Settings } from "../../shared/domain/settings.ts";
import type { Contacts } from "../../shared/environment.ts";
import type { Language } from "../../shared/texts/language.ts";
import { styleSheetFile } from "./assets.ts";
import type { PagePath } from "./routes.ts";

/** What every page needs to know: where it stands, in which language, and whom it can name. */
export interface Site {
  readonly language: Language;
  readonly contacts: Contacts;
  readonly settings: Settings;
  readonly styleSheet: string;
  /** The path of a page in front of which the public base path stands. */
  link(path: PagePath): string;
}

/** The part of the public address that comes after its host, without a slash at the end. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, "");
}

export function createSite(
  { contacts, settings, publicUrl }: { contacts: Contacts; settings: Settings; publicUrl: string },
  language: Language,
): Site {
  const base = basePathOf(publicUrl);
  return {
    language,
    contacts,
    settings,
    styleSheet: `${base}/assets/${styleSheetFile}`,
    link: (path) => `${base}${path}`,
  };
}
