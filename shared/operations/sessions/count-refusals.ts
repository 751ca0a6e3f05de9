import { isDomainError } from "../../domain/errors.ts";
import type { Measure } from "../../domain/measurements.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";

/** Measures refused sign-ins and leaves the result unchanged. Sessions are measured as they open (open-session.ts). */
export function countRefusals(authenticate: AuthenticatePassword, measure: Measure): AuthenticatePassword {
  return async (credentials, origin) => {
    try {
      return await authenticate(credentials, origin);
    } catch (error) {
      measure("SignInsRefused", 1, isDomainError(error) ? error.code : "internal-error");
      throw error;
    }
  };
}
