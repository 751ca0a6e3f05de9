/** Every problem of the interface: its status and its title in both languages (RFC 9457; DESIGN §4). */
export const problems = {
  "invalid-request": [400, "De aanvraag klopt niet", "The request is not valid"],
  "not-authenticated": [401, "U bent niet ingelogd", "You are not signed in"],
  "invalid-credentials": [401, "Inloggen is niet gelukt", "Signing in failed"],
  "current-password-wrong": [403, "Uw huidige wachtwoord klopt niet", "Your current password is not right"],
  "not-allowed": [403, "U mag dit niet", "You are not allowed to do this"],
  "password-expired": [403, "Uw wachtwoord is verlopen", "Your password has expired"],
  "account-inactive": [403, "Uw account is niet meer actief", "Your account is no longer active"],
  "organisation-closed": [
    403,
    "De toegang van uw organisatie is gesloten",
    "Your organisation's access is closed",
  ],
  "not-found": [404, "Niet gevonden", "Not found"],
  "email-in-use": [409, "Dit e-mailadres is al in gebruik", "This e-mail address is already in use"],
  "agb-code-in-use": [409, "Deze AGB-code is al in gebruik", "This AGB code is already in use"],
  "link-expired": [410, "De link is verlopen", "The link has expired"],
  "payload-too-large": [413, "De aanvraag is te groot", "The request is too large"],
  "unsupported-media-type": [415, "Dit soort inhoud kan niet", "This kind of content is not supported"],
  "password-rejected": [422, "Dit wachtwoord kan niet", "This password is not accepted"],
  "email-outside-domain": [
    422,
    "Dit e-mailadres ligt buiten de domeinen van de organisatie",
    "This e-mail address is outside the organisation's domains",
  ],
  "too-many-attempts": [429, "Te veel pogingen", "Too many attempts"],
  "internal-error": [500, "Er ging iets mis", "Something went wrong"],
  "temporarily-unavailable": [503, "Even niet beschikbaar", "Not available for a moment"],
} as const satisfies Record<string, readonly [status: number, nl: string, en: string]>;

export type ProblemSlug = keyof typeof problems;

/** The same type as another problem, where only the status differs (DESIGN §4, `PUT /v1/me/password`). */
const sameTypeAs: Partial<Record<ProblemSlug, ProblemSlug>> = {
  "current-password-wrong": "invalid-credentials",
};

export function problemType(slug: ProblemSlug): string {
  return `urn:portero:problem:${sameTypeAs[slug] ?? slug}`;
}
