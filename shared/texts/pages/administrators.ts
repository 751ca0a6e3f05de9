import type { Role } from "../../domain/user.ts";
import { translated } from "../language.ts";

/** The list of users with a role, and of roles that can be given and taken. */
export const administratorsTexts = translated({
  nl: {
    title: "Beheerders",
    intro: "Dit zijn de mensen met een rol bij deze organisatie.",
    none: "Niemand heeft nu een rol bij deze organisatie. Wijs een beheerder aan.",
    username: "Inlognaam",
    name: "Naam",
    email: "E-mail",
    roles: "Rol",
    status: "Status",
    change: "Rollen wijzigen",
    changeOf: (name: string) => ` van ${name}`,
    appoint: "Een gebruiker een rol geven",
    appointHint:
      "Zoek de gebruiker op inlognaam, naam of e-mailadres. Staat deze persoon er nog niet bij? Voeg hem of haar dan eerst toe.",
    search: "Zoek een gebruiker",
    find: "Zoek",
    found: "Gevonden gebruikers",
    notFound: "Er is geen gebruiker gevonden. Zoek op een ander woord, of voeg de gebruiker eerst toe.",
    more: (shown: number, total: number) =>
      `U ziet de eerste ${shown} van ${total}. Zoek op een langer woord.`,
    add: "Nieuwe gebruiker toevoegen",
    saved: "De rollen zijn opgeslagen.",
    registered: (id: string) =>
      `De organisatie is geregistreerd en heeft nummer ${id}. Hieronder staat de eerste beheerder, met de inlognaam. De welkomstmail is onderweg.`,
  },
  en: {
    title: "Administrators",
    intro: "These are the people who have a role at this organisation.",
    none: "Nobody has a role at this organisation now. Appoint an administrator.",
    username: "User name",
    name: "Name",
    email: "E-mail",
    roles: "Role",
    status: "Status",
    change: "Change roles",
    changeOf: (name: string) => ` of ${name}`,
    appoint: "Give a user a role",
    appointHint:
      "Search for the user by user name, name or e-mail address. Is this person not a user yet? Then add them first.",
    search: "Search for a user",
    find: "Search",
    found: "Users found",
    notFound: "No user was found. Search for another word, or add the user first.",
    more: (shown: number, total: number) =>
      `You see the first ${shown} of ${total}. Search for a longer word.`,
    add: "Add new user",
    saved: "The roles have been saved.",
    registered: (id: string) =>
      `The organisation has been registered and has number ${id}. Its first administrator is below, with the user name. The welcome mail is on its way.`,
  },
});

const meanings = translated<Record<Role, string>>({
  nl: {
    "organisation-admin": "Voegt gebruikers van deze organisatie toe, wijzigt en verwijdert ze.",
    "contract-manager":
      "Registreert organisaties, wijst beheerders aan, legt incidenten vast, en sluit en heropent de toegang.",
    "service-desk": "Ziet alles en wijzigt niets, maar kan een nieuwe link voor een wachtwoord sturen.",
  },
  en: {
    "organisation-admin": "Adds, edits and deletes users of this organisation.",
    "contract-manager":
      "Registers organisations, appoints administrators, records incidents, and closes and reopens access.",
    "service-desk": "Sees everything and changes nothing, but can send a new link for a password.",
  },
});

/** The form for one user's roles. */
export const rolesTexts = translated({
  nl: {
    title: "Rollen wijzigen",
    of: (name: string, username: string) => `Welke rollen heeft ${name} (${username})?`,
    roles: "Rollen",
    meanings: meanings.nl,
    atOnce: "De wijziging geldt meteen. Wie een rol kwijtraakt, wordt uitgelogd.",
    ownAccount:
      "Let op: dit is uw eigen account. Neemt u uzelf een rol af, dan kunt u die niet zelf terughalen.",
    ended:
      "Dit account kan niet meer worden gebruikt. Voeg deze persoon opnieuw toe en geef dan het nieuwe account een rol.",
    lastAdministrator:
      "Dit is de laatste die deze rol heeft. Geef eerst iemand anders deze rol. Die persoon moet al een wachtwoord hebben.",
    save: "Rollen opslaan",
    cancel: "Annuleren",
  },
  en: {
    title: "Change roles",
    of: (name: string, username: string) => `Which roles does ${name} (${username}) have?`,
    roles: "Roles",
    meanings: meanings.en,
    atOnce: "The change takes effect at once. Whoever loses a role is signed out.",
    ownAccount:
      "Note: this is your own account. If you take a role from yourself, you cannot get it back yourself.",
    ended: "This account can no longer be used. Add this person again and then give the new account a role.",
    lastAdministrator:
      "This is the last person who has this role. First give it to somebody else, who must have a password already.",
    save: "Save roles",
    cancel: "Cancel",
  },
});
