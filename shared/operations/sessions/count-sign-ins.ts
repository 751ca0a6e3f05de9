import { isDomainError } from "../../domain/errors.ts";
import type { Measure } from "../../domain/measurements.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";

/** Measures who comes in and who does not, and does nothing else. */
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
