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
  "already-closed": [409, "De toegang is al gesloten", "Access is closed already"],
  "not-closed": [409, "De toegang is niet gesloten", "Access is not closed"],
  "account-not-usable": [
    409,
    "Dit account kan niet meer worden gebruikt",
    "This account can no longer be used",
  ],
  "already-deleted": [409, "Dit account is al verwijderd", "This account has already been deleted"],
  "own-account": [409, "U kunt uw eigen account niet verwijderen", "You cannot delete your own account"],
  "last-administrator": [409, "Dit is de laatste beheerder", "This is the last administrator"],
  "still-usable": [409, "Dit account wordt nog gebruikt", "This account is still in use"],
  "link-expired": [410, "De link is verlopen", "The link has expired"],
  "precondition-failed": [
    412,
    "Iemand anders heeft dit intussen gewijzigd",
    "Someone else has changed this meanwhile",
  ],
  "payload-too-large": [413, "De aanvraag is te groot", "The request is too large"],
  "unsupported-media-type": [415, "Dit soort inhoud kan niet", "This kind of content is not supported"],
  "password-rejected": [422, "Dit wachtwoord kan niet", "This password is not accepted"],
  "email-outside-domain": [
    422,
    "Dit e-mailadres ligt buiten de domeinen van de organisatie",
    "This e-mail address is outside the organisation's domains",
  ],
  "export-too-large": [
    422,
    "Dit zijn te veel gegevens voor één bestand",
    "This is too much data for one file",
  ],
  "import-rejected": [422, "Dit bestand is niet geïmporteerd", "This file has not been imported"],
  "idempotency-key-reused": [
    422,
    "Deze Idempotency-Key is al gebruikt",
    "This Idempotency-Key has been used before",
  ],
  "role-not-here": [422, "Deze rol kan hier niet", "This role cannot be given here"],
  "closure-not-grounded": [
    422,
    "Er is nog niet genoeg om de toegang te sluiten",
    "There is not enough yet to close access",
  ],
  "precondition-required": [428, "De aanvraag mist If-Match", "The request lacks If-Match"],
  "too-many-attempts": [429, "Te veel pogingen", "Too many attempts"],
  "internal-error": [500, "Er ging iets mis", "Something went wrong"],
  "import-unfinished": [503, "De import is nog niet klaar", "The import is not finished yet"],
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
