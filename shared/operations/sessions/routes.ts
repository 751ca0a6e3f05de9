import * as z from "zod/mini";
import { defineRoutes } from "../kit/route.ts";
import { organisation } from "../organisations/schemas.ts";
import { passwordExpiry } from "../passwords/schemas.ts";
import { user } from "../users/schemas.ts";
import { loginNameText, passwordText } from "../kit/text-schemas.ts";

const tag = "Sessions";

const signedIn = {
  tokenType: z.literal("Bearer"),
  idToken: z.string(),
  expiresIn: z.int(),
  user,
  passwordExpiry,
};

export const routes = defineRoutes({
  signIn: {
    method: "POST",
    path: "/v1/sessions",
    who: "anyone",
    summary: "Sign in",
    tag,
    body: z.strictObject({ username: loginNameText, password: passwordText }),
    success: {
      status: 201,
      schema: z.object({ ...signedIn, refreshToken: z.string() }),
      description: "Signed in; the identity token goes into the Authorization header",
    },
    problems: ["invalid-credentials", "password-expired", "account-inactive", "organisation-closed"],
  },
  refreshSession: {
    method: "POST",
    path: "/v1/sessions/refresh",
    who: "anyone",
    summary: "Get a new identity token",
    tag,
    body: z.strictObject({ refreshToken: z.string().check(z.minLength(1), z.maxLength(8192)) }),
    success: { status: 200, schema: z.object(signedIn), description: "A new identity token" },
    problems: ["not-authenticated"],
  },
  endSession: {
    method: "DELETE",
    path: "/v1/sessions/current",
    who: "signed-in",
    summary: "Sign out: the session's tokens stop working at once",
    tag,
    success: { status: 204, schema: null, description: "Signed out" },
    problems: [],
  },
  getMe: {
    method: "GET",
    path: "/v1/me",
    who: "signed-in",
    summary: "Who one is, at which organisation, and until when the password lasts",
    tag,
    success: {
      status: 200,
      schema: z.object({ user, organisation, passwordExpiry }),
      description: "The caller",
    },
    problems: [],
  },
});
