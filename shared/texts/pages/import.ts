import { translated } from "../language.ts";
import { quantity } from "../quantities.ts";

/** The pages for adding users from a file. */
export const importTexts = translated({
  nl: {
    title: "Gebruikers importeren",
    intro:
      "Met een bestand voegt u veel gebruikers tegelijk toe. U ziet eerst wat er gaat gebeuren. Daarna beslist u of de gebruikers erbij komen.",
    howTitle: "Zo maakt u het bestand",
    example: "Download het lege voorbeeld.",
    exampleFile: "gebruikers-voorbeeld.csv",
    how: [
      "Open het voorbeeld in Excel of een ander rekenprogramma. Laat de eerste regel staan.",
      "Zet elke gebruiker op een eigen regel. Tussenvoegsel, telefoonnummer, faxnummer en memo mogen leeg blijven.",
      "Bewaar het bestand als “CSV UTF-8 (door komma's gescheiden)”.",
    ],
    limits: (users: number) =>
      `U kunt ${users} gebruikers tegelijk toevoegen. Het bestand mag 1 MB groot zijn.`,
    columns: {
      initials: "voorletters",
      firstName: "voornaam",
      infix: "tussenvoegsel",
      lastName: "achternaam",
      email: "email",
      phone: "telefoonnummer",
      fax: "faxnummer",
      memo: "memo",
    },
    file: "Bestand met gebruikers",
    fileHint: "Kies een CSV-bestand.",
    look: "Bestand controleren",
    cancel: "Annuleren",
    noFile: "Kies een bestand waar gebruikers in staan.",
    tooLarge: "Dit bestand is te groot. Het mag 1 MB groot zijn. Verdeel de gebruikers over meer bestanden.",
    spreadsheet:
      "Dit is een Excel-bestand, en dat kunnen wij niet lezen. Open het, en bewaar het als “CSV UTF-8 (door komma's gescheiden)”.",
    previewTitle: "Controle van uw bestand",
    willAdd: (users: number) =>
      users === 1
        ? "Het bestand is goed. Er komt 1 gebruiker bij. Deze gebruiker krijgt een welkomstmail."
        : `Het bestand is goed. Er komen ${users} gebruikers bij. Elke gebruiker krijgt een welkomstmail.`,
    nobodyYet: "Er is nog niemand toegevoegd. Toevoegen kan een halve minuut duren.",
    importAll: (users: number) => (users === 1 ? "Voeg 1 gebruiker toe" : `Voeg ${users} gebruikers toe`),
    importAgain: "Voeg de gebruikers toe",
    otherFile: "Kies een ander bestand",
    begun: "De gebruikers worden toegevoegd.",
    report: "Regels van het bestand",
    line: "Regel",
    name: "Naam",
    email: "E-mailadres",
    newUsername: "Nieuwe inlognaam",
    whatIsWrong: "Wat er niet goed is",
    rejectedTitle: "Dit bestand is nog niet goed",
    wrongRows: (wrong: number, all: number) =>
      `${wrong} van de ${all} regels ${wrong === 1 ? "klopt" : "kloppen"} niet. Er is niemand toegevoegd.`,
    mend: "Verbeter deze regels in uw bestand, en kies het bestand dan opnieuw.",
    othersRight: "De andere regels zijn goed.",
    again: "Kies het verbeterde bestand",
    runningTitle: "De gebruikers worden toegevoegd",
    reserving: (reserved: number, all: number) => `Inlognamen gemaakt: ${reserved} van ${all}.`,
    creating: (added: number, all: number) => `Gebruikers toegevoegd: ${added} van ${all}.`,
    undoing: "Het is niet gelukt. Er wordt niemand toegevoegd.",
    lookAgain: "Kijk opnieuw",
    doneTitle: "De gebruikers zijn toegevoegd",
    added: (users: number) =>
      users === 1 ? "Er is 1 gebruiker toegevoegd." : `Er zijn ${users} gebruikers toegevoegd.`,
    mailed: "Elke gebruiker krijgt een mail. Daarin staat hoe de gebruiker een wachtwoord aanvraagt.",
    goneTitle: "Deze import is er niet",
    gone: (hours: number) =>
      `Er is niemand toegevoegd, of het is langer dan ${quantity(hours, "hour", "nl")} geleden. Kijk in het overzicht welke gebruikers er zijn.`,
    back: "Terug naar overzicht",
  },
  en: {
    title: "Import users",
    intro:
      "With a file you add many users at once. First you see what is going to happen. Then you decide whether the users are added.",
    howTitle: "How to make the file",
    example: "Download the empty example.",
    exampleFile: "users-example.csv",
    how: [
      "Open the example in Excel or another spreadsheet program. Leave the first line as it is.",
      "Put every user on a line of their own. Infix, phone, fax and memo may stay empty.",
      "Save the file as “CSV UTF-8 (comma delimited)”.",
    ],
    limits: (users: number) => `You can add ${users} users at a time. The file may be 1 MB large.`,
    columns: {
      initials: "initials",
      firstName: "firstName",
      infix: "infix",
      lastName: "lastName",
      email: "email",
      phone: "phone",
      fax: "fax",
      memo: "memo",
    },
    file: "File with users",
    fileHint: "Choose a CSV file.",
    look: "Check the file",
    cancel: "Cancel",
    noFile: "Choose a file that has users in it.",
    tooLarge: "This file is too large. It may be 1 MB large. Divide the users over more files.",
    spreadsheet:
      "This is an Excel file, which we cannot read. Open it, and save it as “CSV UTF-8 (comma delimited)”.",
    previewTitle: "Check of your file",
    willAdd: (users: number) =>
      users === 1
        ? "The file is correct. 1 user will be added. This user gets a welcome mail."
        : `The file is correct. ${users} users will be added. Every user gets a welcome mail.`,
    nobodyYet: "Nobody has been added yet. Adding can take half a minute.",
    importAll: (users: number) => (users === 1 ? "Add 1 user" : `Add ${users} users`),
    importAgain: "Add the users",
    otherFile: "Choose another file",
    begun: "The users are being added.",
    report: "Lines of the file",
    line: "Line",
    name: "Name",
    email: "E-mail address",
    newUsername: "New user name",
    whatIsWrong: "What is wrong",
    rejectedTitle: "This file is not correct yet",
    wrongRows: (wrong: number, all: number) =>
      `${wrong} of the ${all} lines ${wrong === 1 ? "is" : "are"} not correct. Nobody has been added.`,
    mend: "Correct these lines in your file, and then choose the file again.",
    othersRight: "The other lines are correct.",
    again: "Choose the corrected file",
    runningTitle: "The users are being added",
    reserving: (reserved: number, all: number) => `User names made: ${reserved} of ${all}.`,
    creating: (added: number, all: number) => `Users added: ${added} of ${all}.`,
    undoing: "It did not work. Nobody is added.",
    lookAgain: "Look again",
    doneTitle: "The users have been added",
    added: (users: number) => (users === 1 ? "1 user has been added." : `${users} users have been added.`),
    mailed: "Every user gets a mail. It says how the user can ask for a password.",
    goneTitle: "This import cannot be found",
    gone: (hours: number) =>
      `Nobody was added, or it was more than ${quantity(hours, "hour", "en")} ago. The overview shows which users there are.`,
    back: "Back to overview",
  },
});
