import { translated } from "../language.ts";

/** The list of all organisations, for people at CIZ. */
export const organisationsTexts = translated({
  nl: {
    title: "Organisaties",
    search: "Zoeken",
    searchHint: "Zoek op naam, nummer, AGB-code of plaats.",
    access: "Toegang",
    accesses: { all: "Alle", open: "Open", closed: "Gesloten" },
    register: "Organisatie registreren",
    count: (total: number) => (total === 1 ? "1 organisatie" : `${total} organisaties`),
    none: "Er zijn geen organisaties gevonden. Zoek op een ander woord, of wis het filter.",
    order: "De organisaties staan op naam.",
    name: "Naam",
    number: "Nummer",
    city: "Plaats",
    agbCode: "AGB-code",
    profile: "Profiel",
    users: "Gebruikers",
    usersOf: (name: string) => ` van ${name}`,
  },
  en: {
    title: "Organisations",
    search: "Search",
    searchHint: "Search by name, number, AGB code or town.",
    access: "Access",
    accesses: { all: "All", open: "Open", closed: "Closed" },
    register: "Register an organisation",
    count: (total: number) => (total === 1 ? "1 organisation" : `${total} organisations`),
    none: "No organisations were found. Search for another word, or clear the filter.",
    order: "The organisations are in order of name.",
    name: "Name",
    number: "Number",
    city: "Town",
    agbCode: "AGB code",
    profile: "Profile",
    users: "Users",
    usersOf: (name: string) => ` of ${name}`,
  },
});

/** An organisation's data as CIZ sees and changes them; fields have the names that administrators see. */
export const organisationDataTexts = translated({
  nl: {
    title: "Organisatiegegevens",
    registerTitle: "Organisatie registreren",
    registerIntro:
      "Registreer een organisatie pas als de getekende overeenkomst binnen is. De eerste beheerder krijgt meteen een welkomstmail.",
    register: "Organisatie registreren",
    changeTitle: "Gegevens wijzigen",
    changeIntro: "Wat u hier wijzigt, mailen wij aan de beheerders van de organisatie.",
    change: "Gegevens wijzigen",
    save: "Wijzigingen opslaan",
    cancel: "Annuleren",
    sections: {
      organisation: "Organisatie",
      address: "Adres",
      reach: "Bereikbaarheid",
      profile: "Profiel",
      contract: "Overeenkomst",
      contactPerson: "Contactpersoon",
      signatory: "Tekenbevoegde",
      administrator: "Eerste beheerder",
    },
    fields: {
      profile: "profiel",
      emailDomains: "e-maildomeinen",
      contactPerson: { name: "naam", email: "email", phone: "telefoonnummer" },
      signatory: { name: "naam", email: "email" },
      contract: { signedOn: "getekend op", erai: "met een bijzondere ERAI-overeenkomst" },
    },
    hints: {
      displayName:
        "Zo noemen wij de organisatie in schermen en mails. Laat u dit leeg, dan gebruiken wij de naam.",
      agbCode: "Een AGB-code heeft 8 cijfers.",
      emailDomains:
        "Zet elk domein op een eigen regel, zonder @. Bijvoorbeeld: organisatie.nl. Gebruikers moeten een e-mailadres bij een van deze domeinen hebben.",
      profile: "Het profiel geldt voor alle gebruikers van de organisatie.",
      contractSignedOn: "De dag waarop de overeenkomst is getekend. Bijvoorbeeld: 2026-01-31.",
      signatory: "Deze persoon krijgt de brief als de toegang wordt gesloten.",
    },
    advice: {
      agbCode: "Gebruik 8 cijfers.",
      emailDomains: "Schrijf elk domein als organisatie.nl.",
    },
    types: (types: string) => `aanvragen: ${types}`,
    identityCheckedBy: {
      organisation: "de organisatie controleert de identiteit",
      CIZ: "CIZ controleert de identiteit",
    },
    erai: { yes: "ja", no: "nee" },
    anyDomain: "elk domein",
    status: "toegang",
    statuses: { open: "open", closed: "gesloten" },
    saved: "De gegevens zijn opgeslagen.",
    savedTitle: "De gegevens zijn opgeslagen",
    outsideTitle: "Gebruikers buiten de e-maildomeinen",
    outside: (count: number) =>
      count === 1
        ? "Let op: 1 gebruiker heeft een e-mailadres buiten de e-maildomeinen. Deze gebruiker houdt toegang. Controleer of dat zo moet blijven."
        : `Let op: ${count} gebruikers hebben een e-mailadres buiten de e-maildomeinen. Zij houden toegang. Controleer of dat zo moet blijven.`,
    outsideMore: (count: number) => `En nog ${count} andere gebruikers.`,
    further: "Verder",
    staleTitle: "Iemand anders heeft deze organisatie net gewijzigd",
    stale:
      "Uw wijzigingen zijn niet opgeslagen. In het formulier staat wat u hebt ingevuld. Kijk eerst wat er nu is opgeslagen. Klopt uw versie? Sla dan nog een keer op.",
    nowStored: "Wat er nu anders is opgeslagen",
    sameStored: "Er is nu hetzelfde opgeslagen als u hebt ingevuld.",
    stored: "nu opgeslagen",
    yours: "door u ingevuld",
    empty: "leeg",
  },
  en: {
    title: "Organisation data",
    registerTitle: "Register an organisation",
    registerIntro:
      "Register an organisation only once the signed agreement is in. Its first administrator gets the welcome mail at once.",
    register: "Register organisation",
    changeTitle: "Change data",
    changeIntro: "What you change here is mailed to the administrators of the organisation.",
    change: "Change data",
    save: "Save changes",
    cancel: "Cancel",
    sections: {
      organisation: "Organisation",
      address: "Address",
      reach: "How to reach it",
      profile: "Profile",
      contract: "Agreement",
      contactPerson: "Contact person",
      signatory: "Signatory",
      administrator: "First administrator",
    },
    fields: {
      profile: "profile",
      emailDomains: "e-mail domains",
      contactPerson: { name: "name", email: "e-mail", phone: "telephone number" },
      signatory: { name: "name", email: "e-mail" },
      contract: { signedOn: "signed on", erai: "with a special ERAI agreement" },
    },
    hints: {
      displayName: "What we call the organisation on screens and in mails. Left empty, we use its name.",
      agbCode: "An AGB code has 8 digits.",
      emailDomains:
        "Put each domain on a line of its own, without @. For example: organisation.nl. Users must have an e-mail address at one of these domains.",
      profile: "The profile applies to all users of the organisation.",
      contractSignedOn: "The day on which the agreement was signed. For example: 2026-01-31.",
      signatory: "This person gets the letter when access is closed.",
    },
    advice: {
      agbCode: "Use 8 digits.",
      emailDomains: "Write each domain as organisation.nl.",
    },
    types: (types: string) => `applications: ${types}`,
    identityCheckedBy: {
      organisation: "the organisation checks the identity",
      CIZ: "CIZ checks the identity",
    },
    erai: { yes: "yes", no: "no" },
    anyDomain: "any domain",
    status: "access",
    statuses: { open: "open", closed: "closed" },
    saved: "The data have been saved.",
    savedTitle: "The data have been saved",
    outsideTitle: "Users outside the e-mail domains",
    outside: (count: number) =>
      count === 1
        ? "Note: 1 user has an e-mail address outside the e-mail domains. This user keeps access. Check whether that should stay so."
        : `Note: ${count} users have an e-mail address outside the e-mail domains. They keep access. Check whether that should stay so.`,
    outsideMore: (count: number) => `And ${count} other users.`,
    further: "Continue",
    staleTitle: "Somebody else has just changed this organisation",
    stale:
      "Your changes have not been saved. The form holds what you filled in. First look at what is stored now. Is your version right? Then save once more.",
    nowStored: "What is stored differently now",
    sameStored: "What is stored now is the same as what you filled in.",
    stored: "stored now",
    yours: "filled in by you",
    empty: "empty",
  },
});
