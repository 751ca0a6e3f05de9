import * as z from "zod/mini";
import { defineRoutes } from "../kit/route.ts";
import { passwordRules } from "./schemas.ts";
import { emailAddress, instant, loginNameText, passwordText } from "../kit/text-schemas.ts";

const tag = "Passwords";
const linkToken = z.strictObject({ token: z.string() });

export const routes = defineRoutes({
  getPasswordPolicy: {
    method: "GET",
    path: "/v1/password-policy",
    who: "anyone",
    summary: "The rules for passwords",
    tag,
    success: { status: 200, schema: passwordRules, description: "The rules as data and as text" },
    problems: [],
  },
  requestPasswordLink: {
    method: "POST",
    path: "/v1/password-links",
    who: "anyone",
    summary: "Request a link to set a password",
    tag,
    body: z.strictObject({ username: loginNameText }),
    repeatedByForms: true,
    success: {
      status: 202,
      schema: z.object({ message: z.string() }),
      description: "The same answer whether or not the login name is known",
    },
    problems: [],
  },
  remindLoginName: {
    method: "POST",
    path: "/v1/login-name-reminders",
    who: "anyone",
    summary: "Request a mail that names the login name of an e-mail address",
    tag,
    body: z.strictObject({ email: emailAddress }),
    repeatedByForms: true,
    success: {
      status: 202,
      schema: z.object({ message: z.string() }),
      description: "The same answer whether or not the e-mail address is known",
    },
    problems: [],
  },
  getPasswordLink: {
    method: "GET",
    path: "/v1/password-links/{token}",
    who: "anyone",
    summary: "Whether a link can still be used, and for whom; looking does not use it up",
    tag,
    params: linkToken,
    success: {
      status: 200,
      schema: z.object({ username: z.string(), expiresAt: instant, rules: passwordRules }),
      description: "The link is good",
    },
    problems: ["link-expired"],
  },
  redeemPasswordLink: {
    method: "POST",
    path: "/v1/password-links/{token}/redemption",
    who: "anyone",
    summary: "Set a password with a link, which uses it up",
    tag,
    params: linkToken,
    body: z.strictObject({ password: passwordText }),
    success: { status: 204, schema: null, description: "The password is set" },
    problems: ["link-expired", "password-rejected"],
  },
  changePassword: {
    method: "PUT",
    path: "/v1/me/password",
    who: "signed-in",
    summary: "Change one's own password; all other sessions end",
    tag,
    body: z.strictObject({ currentPassword: passwordText, newPassword: passwordText }),
    repeatedByForms: true,
    success: { status: 204, schema: null, description: "The password is changed" },
    problems: ["current-password-wrong", "password-rejected"],
  },
});
