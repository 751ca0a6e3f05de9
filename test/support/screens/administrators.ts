import type { Page } from "playwright-core";
import { clickThrough, newColleague, type Screen, type Visit } from "./visitor.ts";

const at = ({ account }: Visit, rest = "") => `/organisaties/${account.organisationId}${rest}`;

/** An e-mail address that no other user has, also when tests run in parallel. */
const newEmail = () => `j.verhoeven.${Math.random().toString(36).slice(2, 10)}@dezonnehof.example`;

const header = "voorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer;faxnummer;memo";

async function chooseFile(page: Page, lines: readonly string[]): Promise<void> {
  await page.locator('[name="bestand"]').setInputFiles({
    name: "gebruikers.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([header, ...lines].join("\r\n")),
  });
}

/** Shows the page of a user after their deletion. */
async function deleteColleague(visit: Visit): Promise<string> {
  const { open, fill, send } = visit;
  const { username } = await newColleague(visit);
  await open(at(visit, `/gebruikers/${username}/verwijderen`));
  await fill({ reason: "Werkt hier niet meer" });
  await send();
  return username;
}

async function previewImport(visit: Visit): Promise<void> {
  const { open, send, page } = visit;
  await open(at(visit, "/gebruikers-importeren"));
  await chooseFile(page, [
    `J.M.;Jasper;;Verhoeven;${newEmail()};;;`,
    `S.;Sanne;de;Wit;${newEmail()};030 555 01 29;;Werkt op dinsdag`,
    `Y.;Yara;;Bouzid;${newEmail()};;;`,
  ]);
  await send();
}

/** The screens of an organisation's administrators. */
export const administratorsScreens: readonly Screen[] = [
  { name: "welkom", viewer: "administrator", narrow: true, show: ({ open }) => open("/welkom") },
  {
    name: "gebruikers",
    viewer: "administrator",
    narrow: true,
    show: (visit) => visit.open(at(visit, "/gebruikers?sorteer=name")),
  },
  {
    name: "gebruikers-gezocht",
    viewer: "administrator",
    show: (visit) => visit.open(at(visit, "/gebruikers?zoeken=bakker&verwijderd=ja")),
  },
  {
    name: "gebruikers-niets-gevonden",
    viewer: "administrator",
    show: (visit) => visit.open(at(visit, "/gebruikers?zoeken=bestaatniet")),
  },
  {
    name: "gebruiker-toevoegen",
    viewer: "administrator",
    narrow: true,
    show: (visit) => visit.open(at(visit, "/gebruiker-toevoegen")),
  },
  {
    name: "gebruiker-toevoegen-fouten",
    viewer: "administrator",
    status: 400,
    show: async (visit) => {
      await visit.open(at(visit, "/gebruiker-toevoegen"));
      await visit.fill({ firstName: "Jasper", email: "jasper" });
      await visit.send();
    },
  },
  {
    name: "gebruiker-toegevoegd",
    viewer: "administrator",
    show: async (visit) => {
      await visit.open(at(visit, "/gebruiker-toevoegen"));
      await visit.fill({ ...visit.names, email: newEmail() });
      await visit.send();
    },
  },
  {
    name: "gebruiker-wijzigen",
    viewer: "administrator",
    narrow: true,
    show: (visit) => visit.open(at(visit, `/gebruikers/${visit.account.username}`)),
  },
  {
    name: "gebruiker-door-ander-gewijzigd",
    viewer: "administrator",
    status: 412,
    show: async (visit) => {
      const { username } = await newColleague(visit);
      const path = at(visit, `/gebruikers/${username}`);
      await visit.open(path);
      const other = await visit.page.context().newPage();
      await other.goto(visit.page.url());
      await other.locator('main [name="phone"]').fill("030 555 01 27");
      await clickThrough(other, "main form button");
      await other.close();
      await visit.fill({ memo: "Werkt op maandag" });
      await visit.send();
    },
  },
  {
    name: "gebruiker-verwijderen",
    viewer: "administrator",
    show: async (visit) => {
      const { username } = await newColleague(visit);
      await visit.open(at(visit, `/gebruikers/${username}/verwijderen`));
    },
  },
  {
    name: "gebruiker-verwijderd",
    viewer: "administrator",
    show: async (visit) => {
      await deleteColleague(visit);
    },
  },
  {
    name: "gebruiker-niet-meer-actief",
    viewer: "administrator",
    show: async (visit) => visit.open(at(visit, `/gebruikers/${await deleteColleague(visit)}`)),
  },
  {
    name: "verloopt-binnenkort",
    viewer: "administrator",
    narrow: true,
    show: (visit) => visit.open(at(visit, "/verloopt-binnenkort?dagen=90")),
  },
  {
    name: "gebruikers-importeren",
    viewer: "administrator",
    show: (visit) => visit.open(at(visit, "/gebruikers-importeren")),
  },
  { name: "import-controle", viewer: "administrator", show: previewImport },
  {
    name: "import-fouten",
    viewer: "administrator",
    status: 422,
    narrow: true,
    show: async (visit) => {
      const { open, send, page } = visit;
      await open(at(visit, "/gebruikers-importeren"));
      await chooseFile(page, [
        `J.M.;Jasper;;Verhoeven;${newEmail()};;;`,
        "S.;Sanne;de;Wit;s.dewit@elders.example;;;",
        ";Yara;;Bouzid;yara;;;",
      ]);
      await send();
    },
  },
  {
    name: "import-klaar",
    viewer: "administrator",
    show: async (visit) => {
      await previewImport(visit);
      await visit.send("main form[data-progress]");
      await visit.page.waitForURL(/gebruikers-importeren\/./);
    },
  },
  {
    name: "import-onbekend",
    viewer: "administrator",
    status: 404,
    show: (visit) => visit.open(at(visit, "/gebruikers-importeren/onbekend")),
  },
  { name: "organisatie", viewer: "administrator", show: (visit) => visit.open(at(visit)) },
  {
    name: "logboek",
    viewer: "administrator",
    narrow: true,
    show: (visit) => visit.open(at(visit, "/logboek?vanaf=2026-01-01")),
  },
  {
    name: "logboek-fout",
    viewer: "administrator",
    status: 400,
    show: (visit) => visit.open(at(visit, "/logboek?vanaf=gisteren")),
  },
];
