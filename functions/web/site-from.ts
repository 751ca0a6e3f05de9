import type { Environment } from "../../shared/environment.ts";
import { logger } from "../../shared/logging.ts";
import type { SiteSetting } from "./site.ts";
import type { WebDependencies } from "./web.ts";

/** What a function's environment says of its pages, and where their failures go. */
export function siteFrom(
  environment: Environment<"SETTINGS" | "CONTACTS" | "VERSION" | "PUBLIC_URL">,
): SiteSetting & Pick<WebDependencies, "logger"> {
  return {
    settings: environment.SETTINGS,
    contacts: environment.CONTACTS,
    version: environment.VERSION,
    publicUrl: environment.PUBLIC_URL,
    logger: { error: (message, details) => logger.error(message, details) },
  };
}
