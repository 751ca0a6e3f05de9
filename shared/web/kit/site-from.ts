import type { Environment } from "../../runtime/environment.ts";
import { logger } from "../../runtime/logging.ts";
import type { SiteSetting } from "./site.ts";
import type { WebDependencies } from "./web-app.ts";

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
