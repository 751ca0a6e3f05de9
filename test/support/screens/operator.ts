import type { Screen, Visit } from "./visitor.ts";

/** A page about the demonstration's first care organisation, as CIZ sees it. */
const about = ({ stack }: Visit, rest: string) =>
  `/organisaties/${stack.account("organisation-admin").organisationId}${rest}`;

/** The screens of contract managers and the service desk. */
export const operatorsScreens: readonly Screen[] = [
  { name: "ciz-welkom", viewer: "contract-manager", show: ({ open }) => open("/welkom") },
  {
    name: "ciz-organisaties",
    viewer: "contract-manager",
    narrow: true,
    show: ({ open }) => open("/organisaties"),
  },
  {
    name: "ciz-organisatie-registreren",
    viewer: "contract-manager",
    show: ({ open }) => open("/organisatie-registreren"),
  },
  {
    name: "ciz-gegevens",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/gegevens")),
  },
  {
    name: "ciz-gebruikers",
    viewer: "service-desk",
    show: (visit) => visit.open(about(visit, "/gebruikers?sorteer=name")),
  },
  {
    name: "ciz-beheerders",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/beheerders")),
  },
  {
    name: "ciz-incidenten",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/incidenten")),
  },
  {
    name: "ciz-toegang",
    viewer: "contract-manager",
    narrow: true,
    show: (visit) => visit.open(about(visit, "/toegang")),
  },
  {
    name: "ciz-gegevens-wijzigen",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/gegevens-wijzigen")),
  },
  {
    name: "ciz-incident-vastleggen",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/incident-vastleggen")),
  },
  {
    name: "ciz-toegang-sluiten",
    viewer: "contract-manager",
    show: (visit) => visit.open(about(visit, "/toegang-sluiten")),
  },
  {
    name: "ciz-logboek",
    viewer: "service-desk",
    show: (visit) => visit.open(about(visit, "/logboek")),
  },
];
