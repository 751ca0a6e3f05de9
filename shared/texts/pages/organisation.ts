import { translated } from "../language.ts";
import { organisationFieldTexts } from "../organisation-fields.ts";

/** An organisation as its own administrators see it. */
export const organisationTexts = translated({
  nl: {
    title: "Organisatiegegevens",
    number: "nummer",
    ...organisationFieldTexts.nl,
    absent: "geen",
    roles: "Rollen voor alle gebruikers",
    activeRoles: "Actieve rollen",
    allows: "Hiermee kunnen uw gebruikers deze aanvragen doen:",
    identityCheckedBy: {
      organisation: "Uw organisatie controleert zelf de identiteit (id).",
      CIZ: "CIZ controleert de identiteit (id).",
    },
    changes: "Klopt er iets niet? U kunt deze gegevens niet zelf wijzigen. Mail contractmanagement van CIZ:",
  },
  en: {
    title: "Organisation data",
    number: "number",
    ...organisationFieldTexts.en,
    absent: "none",
    roles: "Roles of all users",
    activeRoles: "Active roles",
    allows: "With this your users can file these applications:",
    identityCheckedBy: {
      organisation: "Your organisation itself checks the identity (id).",
      CIZ: "CIZ checks the identity (id).",
    },
    changes:
      "Is something not right? You cannot change these data yourself. Mail the contract management of CIZ:",
  },
});
