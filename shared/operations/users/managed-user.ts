import { DomainError } from "../../domain/errors.ts";
import { mayManage, type ManagementAct } from "../../domain/management.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import type { User } from "../../domain/user.ts";
import type { Caller } from "../kit/operation.ts";
import { existingUser } from "./get-user.ts";

/** A call of a route that names a user and does something to their account. */
interface ManagingCall {
  readonly params: { readonly id: string; readonly username: string };
  readonly caller: Caller;
}

/**
 * The user whom a call is about, if the caller may do this to them. Every operation that changes an account or sends
 * it a link reads it with this, and names its route's act. @throws not-found, not-allowed
 */
export async function managedUser(
  users: Pick<UserRepository, "find">,
  { params, caller }: ManagingCall,
  { manages: act }: { readonly manages: ManagementAct },
): Promise<User> {
  const user = await existingUser(users, params.id, params.username);
  if (!mayManage(caller.user, user, act)) throw new DomainError("not-allowed");
  return user;
}
