import { DomainError } from "../../domain/errors.ts";
import { passwordExpiry } from "../../domain/admission.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Clock } from "../../domain/time.ts";
import { isOperator } from "../../domain/operator.ts";
import { organisationRepresentation } from "../organisations/organisation-representation.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

export function getMe({
  settings,
  clock,
}: {
  settings: Settings;
  clock: Clock;
}): Operation<typeof routes.getMe> {
  return ({ caller }) => {
    const { user, organisation } = caller;
    if (user.passwordExpiresAt === null) return Promise.reject(new DomainError("not-authenticated"));
    const now = clock();
    return Promise.resolve({
      body: {
        user: userRepresentation(user, now),
        organisation: organisationRepresentation(
          organisation,
          isOperator(caller) ? "operator" : "organisation",
        ),
        passwordExpiry: passwordExpiry(user.passwordExpiresAt, now, settings),
      },
    });
  };
}
