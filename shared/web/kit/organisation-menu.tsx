import type { OrganisationStatus } from "../../domain/organisation.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { Site } from "./site.ts";

/** Every page about an organisation shows these to CIZ, which works on many organisations. */
export interface OrganisationShown {
  readonly id: string;
  readonly displayName: string;
  readonly status: OrganisationStatus;
}

/** The pages in an organisation's menu; the menu marks the current one. */
export type OrganisationPlace =
  "data" | "users" | "upcoming" | "administrators" | "incidents" | "access" | "trail";

/** True on pages about another organisation than the user's own. */
export function isOtherOrganisation({ id }: OrganisationShown, session: WebSession | null): boolean {
  return session?.member.organisation.id !== id;
}

interface OrganisationMenuProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly place: OrganisationPlace;
}

/** The menu of one organisation's pages. Only CIZ needs it: others have these pages in their main menu. */
export function OrganisationMenu({ site, organisation, place }: OrganisationMenuProps) {
  const texts = frameTexts[site.language];
  const entry = (of: OrganisationPlace, address: string) => (
    <li>
      <a href={address} aria-current={of === place ? "page" : undefined}>
        {texts[of]}
      </a>
    </li>
  );
  return (
    <div class="menu about">
      <nav class="wide" aria-label={texts.aboutOrganisation(organisation.displayName)}>
        <ul>
          {entry("data", site.link("/organisaties/{id}/gegevens", organisation))}
          {entry("users", site.link("/organisaties/{id}/gebruikers", organisation))}
          {entry("upcoming", site.link("/organisaties/{id}/verloopt-binnenkort", organisation))}
          {entry("administrators", site.link("/organisaties/{id}/beheerders", organisation))}
          {entry("incidents", site.link("/organisaties/{id}/incidenten", organisation))}
          {entry("access", site.link("/organisaties/{id}/toegang", organisation))}
          {entry("trail", site.link("/organisaties/{id}/logboek", organisation))}
        </ul>
      </nav>
    </div>
  );
}

/** Stands above a page's title, so that CIZ sees which organisation the page is about. */
export function OrganisationCaption({ site, organisation }: Omit<OrganisationMenuProps, "place">) {
  const texts = frameTexts[site.language];
  return (
    <span class="caption">
      {organisation.displayName}, {texts.numbered(organisation.id)}
      {organisation.status === "closed" && (
        <>
          {" "}
          <strong class="badge">{texts.closed}</strong>
        </>
      )}{" "}
    </span>
  );
}
