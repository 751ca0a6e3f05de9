import { leastClasses, passwordFaults, type PasswordFault } from "../domain/password-policy.ts";
import type { Settings } from "../domain/settings.ts";
import { translated, type Language } from "./language.ts";
import { quantity } from "./quantities.ts";

export type PasswordRuleSettings = Pick<
  Settings,
  "passwordMinimumLength" | "passwordMaximumLength" | "passwordHistory" | "refuseCommonPasswords"
>;

export interface PasswordRuleText {
  readonly code: PasswordFault;
  readonly text: string;
}

type RuleTexts = Record<PasswordFault, (settings: PasswordRuleSettings) => string>;

const rules = translated<RuleTexts>({
  nl: {
    "too-short": (s) => `Gebruik ten minste ${quantity(s.passwordMinimumLength, "character", "nl")}`,
    "too-long": (s) => `Gebruik niet meer dan ${quantity(s.passwordMaximumLength, "character", "nl")}`,
    "too-few-classes": () =>
      `Gebruik ten minste ${leastClasses} van deze 4 soorten: hoofdletters, kleine letters, cijfers en andere tekens (zoals ! of ?)`,
    "contains-name": () => "Gebruik niet uw gebruikersnaam, en geen deel van uw naam van 3 tekens of meer",
    "recently-used": ({ passwordHistory }) =>
      passwordHistory === 0
        ? "Gebruik niet uw huidige wachtwoord"
        : passwordHistory === 1
          ? "Gebruik niet uw huidige wachtwoord of het wachtwoord daarvoor"
          : `Gebruik niet uw huidige wachtwoord of een van de ${passwordHistory} wachtwoorden daarvoor`,
    "too-common": () =>
      "Gebruik geen wachtwoord dat veel mensen kiezen, en niet alleen de naam van Portero of van uw organisatie",
    "space-at-edge": () => "Begin en eindig niet met een spatie",
    unprintable: () => "Gebruik geen onzichtbare tekens, zoals een tab",
  },
  en: {
    "too-short": (s) => `Use at least ${quantity(s.passwordMinimumLength, "character", "en")}`,
    "too-long": (s) => `Use no more than ${quantity(s.passwordMaximumLength, "character", "en")}`,
    "too-few-classes": () =>
      `Use at least ${leastClasses} of these 4 kinds: capital letters, small letters, digits and other characters (such as ! or ?)`,
    "contains-name": () => "Do not use your user name, nor any part of your name of 3 characters or more",
    "recently-used": ({ passwordHistory }) =>
      passwordHistory === 0
        ? "Do not use your current password"
        : passwordHistory === 1
          ? "Do not use your current password or the one before it"
          : `Do not use your current password or any of the ${passwordHistory} before it`,
    "too-common": () =>
      "Do not use a password that many people choose, nor just the name of Portero or of your organisation",
    "space-at-edge": () => "Do not begin or end with a space",
    unprintable: () => "Do not use invisible characters, such as a tab",
  },
});

/** A sentence per fault of a password, without the numbers of the rule. */
export const passwordFaultTexts = translated<Record<PasswordFault, string>>({
  nl: {
    "too-short": "Uw wachtwoord is te kort.",
    "too-long": "Uw wachtwoord is te lang.",
    "too-few-classes": "Uw wachtwoord heeft te weinig verschillende soorten tekens.",
    "contains-name": "Uw gebruikersnaam of een deel van uw naam staat in het wachtwoord.",
    "recently-used": "Dit wachtwoord hebt u al eerder gebruikt.",
    "too-common": "Dit wachtwoord is te makkelijk te raden.",
    "space-at-edge": "Uw wachtwoord begint of eindigt met een spatie.",
    unprintable: "In uw wachtwoord staat een onzichtbaar teken.",
  },
  en: {
    "too-short": "Your password is too short.",
    "too-long": "Your password is too long.",
    "too-few-classes": "Your password has too few different kinds of characters.",
    "contains-name": "Your user name or a part of your name is in the password.",
    "recently-used": "You have used this password before.",
    "too-common": "This password is too easy to guess.",
    "space-at-edge": "Your password begins or ends with a space.",
    unprintable: "There is an invisible character in your password.",
  },
});

function applies(code: PasswordFault, settings: PasswordRuleSettings): boolean {
  return code !== "too-common" || settings.refuseCommonPasswords;
}

/** The rules for passwords, one per fault that can occur with these settings, without a full stop. */
export function passwordRuleTexts(settings: PasswordRuleSettings, language: Language): PasswordRuleText[] {
  return passwordFaults
    .filter((code) => applies(code, settings))
    .map((code) => ({ code, text: rules[language][code](settings) }));
}

/** The fault of a password and its rule, as two sentences. */
export function passwordFaultText(
  code: PasswordFault,
  settings: PasswordRuleSettings,
  language: Language,
): string {
  return `${passwordFaultTexts[language][code]} ${rules[language][code](settings)}.`;
}
