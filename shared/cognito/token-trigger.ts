import * as z from "zod/mini";
import { DomainError } from "../domain/errors.ts";
import type { Measure } from "../domain/measurements.ts";
import { describeError, logger } from "../runtime/logging.ts";
import { SignInNotAdmitted, type AdmitSignIn, type PorteroClaims } from "../domain/admission.ts";

/** The parts that we use of Cognito's pre token generation event, versions 1 and 2. */
const eventSchema = z.looseObject({
  version: z.string(),
  triggerSource: z.string(),
  userName: z.string(),
  request: z.looseObject({
    userAttributes: z.looseObject({ "custom:organisationId": z.string() }),
    scopes: z.optional(z.nullable(z.array(z.string()))),
  }),
});

/** The scope of tokens that Cognito's API issues to our own client; other clients of the pool cannot have it. */
const scopeOfOwnClient = "aws.cognito.signin.user.admin";

/** Sign-ins through the API or the pages, whose function records them together with the session. */
const ownFlows = ["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"];

/** Version 2 events accept claims of any JSON type; stand-ins for Cognito send version 1. */
function responseOf(version: string, claims: PorteroClaims): unknown {
  const claimsToAddOrOverride = claims;
  return version.startsWith("2")
    ? { claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToAddOrOverride } } }
    : { claimsOverrideDetails: { claimsToAddOrOverride } };
}

/** Cognito calls this before it issues tokens, in every flow; an error makes it issue none. */
export function tokenTrigger(admit: AdmitSignIn, measure: Measure): (event: unknown) => Promise<unknown> {
  return async (event) => {
    const { version, triggerSource, userName, request } = z.parse(eventSchema, event);
    try {
      if (triggerSource === "TokenGeneration_RefreshTokens") refuseUnlessOurs(request.scopes);
      const claims = await admit({
        username: userName,
        organisationId: request.userAttributes["custom:organisationId"],
        record: !ownFlows.includes(triggerSource),
      });
      return { ...(event as object), response: responseOf(version, claims) };
    } catch (error) {
      if (error instanceof SignInNotAdmitted) {
        logger.info("sign-in not admitted", { reason: error.message });
        measure("AdmissionsRefused", 1, error.message);
        throw error;
      }
      logger.error("admission failed", describeError(error));
      // Cognito passes the message on, by which the caller tells it from a refusal.
      throw new DomainError("temporarily-unavailable");
    }
  };
}

/**
 * Only our own client may refresh, since its function checks the session before. The event does not tell how old
 * another client's refresh token is, so it could be from before a new password, a lost role or a closure (SECURITY 13).
 * The event names the client's id, but the pool exists before its clients, so this function cannot know that id.
 */
function refuseUnlessOurs(scopes: readonly string[] | null | undefined): void {
  if (!scopes?.includes(scopeOfOwnClient)) throw new SignInNotAdmitted("refresh-by-other-client");
}
