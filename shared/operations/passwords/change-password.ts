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

/**
 * Changes the caller's password if the current one is right; the caller's other sessions end. Wrong ones are counted for
 * this session alone, since its owner has signed in, and strangers may keep the login name locked.
 */
export function changePassword(
  dependencies: ChangePasswordDependencies,
): Operation<typeof routes.changePassword> {
  const { authenticate, guard, clock } = dependencies;
  return async ({ body, caller, origin }) => {
    const { user, organisation, sessionId } = caller;
    const counted = { username: user.username, device: sessionId };
    await verifyCurrentPassword(authenticate({ ...counted, password: body.currentPassword }, origin));
    const candidate = { user, organisation, password: body.newPassword, origin, pointer: "/newPassword" };
    try {
      const history = await judge(candidate, dependencies);
      const how = { linkId: null, at: instant(clock()), keepSession: sessionId, device: sessionId };
      await accept(candidate, history, how, dependencies);
    } catch (error) {
      // The current password was right, so a rejected new password is not counted as a failed sign-in.
      await guard.clear(counted);
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
