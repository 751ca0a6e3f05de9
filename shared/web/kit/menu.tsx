import { displayedName } from "../../domain/person.ts";
import { isOperator } from "../../domain/operator.ts";
import { mayCall } from "../../http/authorisation.ts";
import { administratorsAndOperator } from "../../operations/kit/route.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { Site } from "./site.ts";
import { Button } from "./button.tsx";
import { Form } from "./form.tsx";

/** The menu marks the current page with these. */
export type MenuPlace =
  "welcome" | "organisations" | "users" | "upcoming" | "organisation" | "trail" | "password" | "help";

interface MenuProps {
  readonly site: Site;
  readonly session: WebSession;
  readonly place: MenuPlace | null;
}

/** True for administrators and CIZ: only they have pages about an organisation. */
export function hasOrganisationPages({ member }: WebSession): boolean {
  return mayCall({ who: administratorsAndOperator }, member, member.organisation.id);
}

/** The main menu. CIZ has an organisation's other pages in that organisation's menu (organisation-menu.tsx). */
export function Menu({ site, session, place }: MenuProps) {
  const texts = frameTexts[site.language];
  const { user, organisation } = session.member;
  const entry = (of: MenuPlace, address: string, words: string) => (
    <li>
      <a href={address} aria-current={of === place ? "page" : undefined}>
        {words}
      </a>
    </li>
  );
  return (
    <div class="menu">
      <div class="wide">
        <nav aria-label={texts.menu}>
          <ul>
            {entry("welcome", site.link("/welkom"), texts.welcome)}
            {isOperator(session.member) &&
              entry("organisations", site.link("/organisaties"), texts.organisations)}
            {hasOrganisationPages(session) && (
              <>
                {entry("users", site.link("/organisaties/{id}/gebruikers", organisation), texts.users)}
                {!isOperator(session.member) &&
                  entry(
                    "upcoming",
                    site.link("/organisaties/{id}/verloopt-binnenkort", organisation),
                    texts.upcoming,
                  )}
                {entry("organisation", site.link("/organisaties/{id}", organisation), texts.organisation)}
                {!isOperator(session.member) &&
                  entry("trail", site.link("/organisaties/{id}/logboek", organisation), texts.trail)}
              </>
            )}
          </ul>
        </nav>
        <div class="who">
          <p>
            <span class="unseen">{texts.signedInAs} </span>
            {displayedName(user)}, {organisation.displayName}
          </p>
          <Form action={site.link("/uitloggen")}>
            <Button kind="secondary">{texts.signOut}</Button>
          </Form>
        </div>
      </div>
    </div>
  );
}
