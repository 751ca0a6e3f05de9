import type * as z from "zod/mini";
import { leastClasses } from "../../domain/password-policy.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Operation } from "../kit/operation.ts";
import type { passwordRules } from "./schemas.ts";
import type { Language } from "../../texts/language.ts";
import { passwordRuleTexts } from "../../texts/password-rules.ts";
import type { routes } from "./routes.ts";

/** The password rules as data and as text, for every form that asks for a new password. */
export function passwordRulesRepresentation(
  settings: Settings,
  language: Language,
): z.infer<typeof passwordRules> {
  return {
    minimumLength: settings.passwordMinimumLength,
    maximumLength: settings.passwordMaximumLength,
    minimumClasses: leastClasses,
    classes: ["upper-case", "lower-case", "digit", "other"],
    history: settings.passwordHistory,
    validMonths: settings.passwordMonths,
    rules: passwordRuleTexts(settings, language),
  };
}

export function getPasswordPolicy({
  settings,
}: {
  settings: Settings;
}): Operation<typeof routes.getPasswordPolicy> {
  return ({ language }) => Promise.resolve({ body: passwordRulesRepresentation(settings, language) });
}
