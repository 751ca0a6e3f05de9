import { DomainError, isSignInRefusal } from "../../domain/errors.ts";
import type { SignInGuard } from "../../domain/ports.ts";
import { instant } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import type { AuthenticatePassword } from "../sessions/authenticate-password.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import type { routes } from "./routes.ts";

export interface ChangePasswordDependencies extends AcceptPasswordDependencies {
  readonly authenticate: AuthenticatePassword;
  readonly guard: Pick<SignInGuard, "clear">;
}

/** Changes the password of whoever is signed in and knows the current one; their other sessions end. */
export function changePassword(
  dependencies: ChangePasswordDependencies,
): Operation<typeof routes.changePassword> {
  return async ({ body, caller, origin }) => {
    const { username } = caller.user;
    await authenticated(dependencies.authenticate({ username, password: body.currentPassword }, origin));
    const { user, organisation } = caller;
    const candidate = { user, organisation, password: body.newPassword, origin, pointer: "/newPassword" };
    try {
      const history = await judge(candidate, dependencies);
      const at = instant(dependencies.clock());
      await accept(candidate, history, { linkId: null, at, keepSession: caller.sessionId }, dependencies);
    } catch (error) {
      // Who they are was right: a new password that cannot be had is no failed sign-in.
      await dependencies.guard.clear(username);
      throw error;
    }
    return { body: null };
  };
}

/** The tokens that come of it belong to no session, so they are worth nothing and are let go. */
async function authenticated(attempt: ReturnType<AuthenticatePassword>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    throw isSignInRefusal(error) ? new DomainError("current-password-wrong") : error;
  }
}
