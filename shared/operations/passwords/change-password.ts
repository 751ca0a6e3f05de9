import { DomainError, isSignInRefusal } from "../../domain/errors.ts";
import type { SignInGuard } from "../../domain/ports/sessions.ts";
import { instant } from "../../domain/time.ts";
import type { User } from "../../domain/user.ts";
import type { Operation, OperationRequest, RepeatableForm } from "../kit/operation.ts";
import type { AuthenticatePassword } from "../sessions/authenticate-password.ts";
import { accept, claimsStaleBefore, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import { mostLooks, pauseBetweenLooks } from "./first-sending.ts";
import type { routes } from "./routes.ts";

export interface ChangePasswordDependencies extends AcceptPasswordDependencies {
  readonly authenticate: AuthenticatePassword;
  readonly guard: Pick<SignInGuard, "clear">;
}

/**
 * Changes the caller's password if the current one is right; the caller's other sessions end. Wrong ones are counted for
 * this session alone, since its owner has signed in, and strangers may keep the login name locked. A form that is sent
 * twice, also at the same moment, is carried out once.
 */
export function changePassword(
  dependencies: ChangePasswordDependencies,
): Operation<typeof routes.changePassword> {
  return async (request) => {
    const { caller, repeatable: form } = request;
    const wasDone = async () => (form ? doneBefore(form, caller.user, dependencies) : false);
    // A repeat gives what is no longer the current password, which must not count as a failed attempt.
    if (await wasDone()) return { body: null };
    try {
      await changeOnce(request, dependencies);
    } catch (error) {
      if (!(await wasDone())) throw error;
    }
    return { body: null };
  };
}

/** Waits while a password of the account is being set: it may be the form's own first sending that does so. */
async function doneBefore(
  form: RepeatableForm,
  user: User,
  { passwords, clock }: ChangePasswordDependencies,
): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    // In this order: the claim is removed in the transaction that keeps the answer.
    const claimed = await passwords.isClaimed(user, claimsStaleBefore(instant(clock())));
    const done = await form.wasDone();
    if (done || !claimed || look === mostLooks) return done;
    await pauseBetweenLooks();
  }
}

async function changeOnce(
  { body, caller, origin, repeatable: form }: OperationRequest<typeof routes.changePassword>,
  dependencies: ChangePasswordDependencies,
): Promise<void> {
  const { authenticate, guard, clock } = dependencies;
  const { user, organisation, sessionId } = caller;
  const counted = { username: user.username, device: sessionId };
  const { organisationId } = user;
  const current = { ...counted, organisationId, password: body.currentPassword };
  await verifyCurrentPassword(authenticate(current, origin));
  const candidate = { user, organisation, password: body.newPassword, origin, pointer: "/newPassword" };
  const wasSet = async () => (await form?.wasDone()) === true;
  try {
    const history = await judge({ ...candidate, wasSet }, dependencies);
    const how = { linkId: null, at: instant(clock()), keepSession: sessionId, device: sessionId, form };
    await accept(candidate, history, how, dependencies);
  } catch (error) {
    // The current password was right, so a rejected new password is not counted as a failed sign-in.
    await guard.clear(counted);
    throw error;
  }
}

/** Drops the tokens of the sign-in: they belong to no session, so every request with them is refused. */
async function verifyCurrentPassword(attempt: ReturnType<AuthenticatePassword>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    throw isSignInRefusal(error) ? new DomainError("current-password-wrong") : error;
  }
}
