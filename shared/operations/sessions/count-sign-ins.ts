import { isDomainError } from "../../domain/errors.ts";
import type { Measure } from "../../domain/measurements.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";

/** Measures sign-ins and refusals, and leaves the result of the sign-in unchanged. */
export function countSignIns(authenticate: AuthenticatePassword, measure: Measure): AuthenticatePassword {
  return async (credentials, origin) => {
    try {
      const authenticated = await authenticate(credentials, origin);
      measure("SignIns", 1);
      return authenticated;
    } catch (error) {
      measure("SignInsRefused", 1, isDomainError(error) ? error.code : "internal-error");
      throw error;
    }
  };
}
