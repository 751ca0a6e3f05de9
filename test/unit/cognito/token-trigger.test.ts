import { describe, expect, it } from "vitest";
import { tokenTrigger } from "../../../shared/cognito/token-trigger.ts";
import type { AdmitSignIn } from "../../../shared/domain/admission.ts";

const claims = {
  organisationId: "2",
  agbCode: "",
  profile: "basis",
  applicationTypes: ["Wlz"],
  identityCheckedBy: "organisation",
  roles: [],
};

/** The trigger, and the attempts that its admission check was asked about. */
function trigger() {
  const asked: Parameters<AdmitSignIn>[0][] = [];
  const measured: unknown[] = [];
  const handle = tokenTrigger(
    (attempt) => {
      asked.push(attempt);
      return Promise.resolve(claims);
    },
    (...measurement) => measured.push(measurement),
  );
  const event = (triggerSource: string, scopes?: readonly string[] | null) =>
    handle({
      version: "2",
      triggerSource,
      userName: "ftest",
      request: { userAttributes: { "custom:organisationId": "2" }, ...(scopes !== undefined && { scopes }) },
      response: {},
    });
  return { asked, measured, event };
}

const ofOwnClient = ["aws.cognito.signin.user.admin"];

describe("the trigger before every token (SECURITY 13)", () => {
  it("lets our own client refresh, whose function has checked the session", async () => {
    const { asked, event } = trigger();
    await event("TokenGeneration_RefreshTokens", ofOwnClient);
    expect(asked).toMatchObject([{ username: "ftest", organisationId: "2", record: false }]);
  });

  it.each([
    ["with the scope of the client for Portero", ["openid"]],
    ["with no scope", []],
    ["with null in place of scopes", null],
    ["without scopes", undefined],
  ])("refuses a refresh %s, whatever happened since its token was issued", async (_, scopes) => {
    const { asked, measured, event } = trigger();
    await expect(event("TokenGeneration_RefreshTokens", scopes)).rejects.toThrow("refresh-by-other-client");
    expect(asked).toEqual([]);
    expect(measured).toEqual([["AdmissionsRefused", 1, "refresh-by-other-client"]]);
  });

  it("admits a sign-in on Cognito's page, and has it recorded", async () => {
    const { asked, event } = trigger();
    await event("TokenGeneration_HostedAuth", ["openid"]);
    expect(asked).toMatchObject([{ record: true }]);
  });
});
