import * as z from "zod/mini";
import { passwordFaults } from "../../domain/password-policy.ts";
import { named } from "../kit/schemas.ts";
import { instant } from "../kit/text-schemas.ts";

export const passwordExpiry = named(
  "PasswordExpiry",
  "When the password ends, in how many calendar days, and whether it is time to say so.",
  z.object({ expiresAt: instant, daysLeft: z.int(), warning: z.boolean() }),
);

export const passwordRules = named(
  "PasswordRules",
  "What a password must be like, as data and as text.",
  z.object({
    minimumLength: z.int(),
    maximumLength: z.int(),
    minimumClasses: z.int(),
    classes: z.array(z.enum(["upper-case", "lower-case", "digit", "other"])),
    history: z.int(),
    validMonths: z.int(),
    rules: z.array(z.object({ code: z.enum(passwordFaults), text: z.string() })),
  }),
);
