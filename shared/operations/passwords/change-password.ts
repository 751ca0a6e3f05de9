import { DomainError, isSignInRefusal } from "../../domain/errors.ts";
import type { SignInGuard } from "../../domain/ports/sessions.ts";
import { instant } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import type { AuthenticatePassword } from "../sessions/authenticate-password.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import type { routes } from "./routes.ts";

export interface ChangePasswordDependencies extends AcceptPasswordDependencies {
  readonly authenticate: AuthenticatePassword;
  readonly guard: Pick<SignInGuard, "clear">;
}

/** Changes the caller's password if the current one is right; the caller's other sessions end. */
export function changePassword(
  dependencies: ChangePasswordDependencies,
): Operation<typeof routes.changePassword> {
  return async ({ body, caller, origin }) => {
    const { username } = caller.user;
    await verifyCurrentPassword(
      dependencies.authenticate({ username, password: body.currentPassword }, origin),
    );
    const { user, organisation } = caller;
    const candidate = { user, organisation, password: body.newPassword, origin, pointer: "/newPassword" };
    try {
      const history = await judge(candidate, dependencies);
      const at = instant(dependencies.clock());
      await accept(candidate, history, { linkId: null, at, keepSession: caller.sessionId }, dependencies);
    } catch (error) {
      // The current password was right, so a rejected new password is not counted as a failed sign-in.
      await dependencies.guard.clear(username);
      throw error;
    }
    return { body: null };
  };
}

/** Drops the tokens of the sign-in: they belong to no session, so every request with them is refused. */
async function verifyCurrentPassword(attempt: ReturnType<AuthenticatePassword>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    throw isSignInRefusal(error) ? new DomainError("current-password-wrong") : error;
  }
}
