import type { OrganisationStatus } from "../../domain/organisation.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { Site } from "./site.ts";

/** What every page about an organisation tells people at CIZ of it. */
export interface OrganisationShown {
  readonly id: string;
  readonly displayName: string;
  readonly status: OrganisationStatus;
}

/** The pages about an organisation, of which one is marked as where somebody is. */
export type OrganisationPlace =
  "data" | "users" | "upcoming" | "administrators" | "incidents" | "access" | "trail";

/** Whether somebody at CIZ looks at an organisation that is not CIZ itself. */
export function isForeign({ id }: OrganisationShown, session: WebSession | null): boolean {
  return session?.member.organisation.id !== id;
}

interface AboutOrganisationProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly place: OrganisationPlace;
}

/** Where one can go within an organisation, for people at CIZ, who look at many. */
export function AboutOrganisation({ site, organisation, place }: AboutOrganisationProps) {
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

/** Above a page's title: whose page it is, and whether its people can enter. */
export function OrganisationCaption({ site, organisation }: Omit<AboutOrganisationProps, "place">) {
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
