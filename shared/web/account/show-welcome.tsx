import { htmlResponse, redirect } from "../kit/response.ts";
import { signedIn, type PageAction } from "../kit/page-action.ts";
import type { PasswordExpiry } from "../../domain/admission.ts";
import { displayedName } from "../../domain/person.ts";
import { isOperator } from "../../domain/operator.ts";
import { longDate, timeOfDay } from "../../texts/dates.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import { welcomeTexts } from "../../texts/pages/welcome.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { Site } from "../kit/site.ts";
import { ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { MailLink, PhoneLink } from "../kit/contact-links.tsx";
import { Notice } from "../kit/notice.tsx";
import { Layout } from "../kit/layout.tsx";
import { hasOrganisationPages } from "../kit/menu.tsx";

export const showWelcome: PageAction = async ({ query }, site) => {
  const passwordSet = query("wachtwoord") === "ingesteld";
  const page = <Welcome site={site} session={signedIn(site)} passwordSet={passwordSet} />;
  return Promise.resolve(htmlResponse(200, site.language, page));
};

/** Skipped if the password is not about to expire, for example because it was changed just now. */
export const showPasswordExpiry: PageAction = async (_request, site) => {
  const { passwordExpiry } = signedIn(site);
  if (!passwordExpiry.warning) return Promise.resolve(redirect(site.link("/welkom")));
  return htmlResponse(200, site.language, <AlmostExpired site={site} passwordExpiry={passwordExpiry} />);
};

interface WelcomeProps {
  readonly site: Site;
  readonly session: WebSession;
}

export function Welcome({ site, session, passwordSet = false }: WelcomeProps & { passwordSet?: boolean }) {
  const texts = welcomeTexts[site.language];
  const { setAndSignedIn, validFor } = setPasswordTexts[site.language];
  return (
    <Layout site={site} title={texts.title} place="welcome">
      {passwordSet && (
        <Notice>
          {setAndSignedIn} {validFor(site.settings.passwordMonths)}
        </Notice>
      )}
      {isOperator(session.member) ? (
        <ForOperator site={site} />
      ) : (
        hasOrganisationPages(session) && <ForAdministrators site={site} session={session} />
      )}
      <h2>{texts.details}</h2>
      <Details site={site} session={session} />
      <p class="actions">
        <ButtonLink href={site.contacts.porteroUrl}>{texts.toPortero}</ButtonLink>
        <ButtonLink kind="secondary" href={site.link("/wachtwoord-wijzigen")}>
          {texts.changePassword}
        </ButtonLink>
      </p>
    </Layout>
  );
}

function ForOperator({ site }: { site: Site }) {
  const texts = welcomeTexts[site.language];
  return (
    <>
      <p>{texts.operatorPurpose}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties")}>{texts.toOrganisations}</ButtonLink>
      </p>
    </>
  );
}

function ForAdministrators({ site, session }: WelcomeProps) {
  const texts = welcomeTexts[site.language];
  const { serviceDesk } = site.contacts;
  return (
    <>
      <p>{texts.purpose}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gebruikers", session.member.organisation)}>
          {texts.toUsers}
        </ButtonLink>
      </p>
      <p>
        {texts.serviceDesk} <MailLink address={serviceDesk.email} />, <PhoneLink number={serviceDesk.phone} />
      </p>
    </>
  );
}

function Details({ site, session: { member, passwordExpiry } }: WelcomeProps) {
  const texts = welcomeTexts[site.language];
  const { user, organisation } = member;
  const roles = user.roles.map((role) => texts.roleNames[role]).join(", ");
  return (
    <dl>
      <Fact label={texts.username}>{user.username}</Fact>
      <Fact label={texts.name}>{displayedName(user)}</Fact>
      <Fact label={texts.email}>{user.email}</Fact>
      <Fact label={texts.organisation}>{organisation.displayName}</Fact>
      {roles !== "" && <Fact label={texts.roles}>{roles}</Fact>}
      <Fact label={texts.passwordValidUntil}>{longDate(passwordExpiry.expiresAt, site.language)}</Fact>
    </dl>
  );
}

/** Shown after sign-in when the password expires soon. */
export function AlmostExpired({ site, passwordExpiry }: { site: Site; passwordExpiry: PasswordExpiry }) {
  const texts = welcomeTexts[site.language];
  const { expiresAt, daysLeft } = passwordExpiry;
  const at = { date: longDate(expiresAt, site.language), time: timeOfDay(expiresAt) };
  return (
    <Layout site={site} title={texts.almostExpired}>
      <p>{texts.expires(daysLeft, at)}</p>
      <p id="nu-wijzigen">{texts.changeNow}</p>
      <p class="actions">
        <ButtonLink kind="secondary" href={site.link("/welkom")} describedBy="nu-wijzigen">
          {texts.no}
        </ButtonLink>
        <ButtonLink href={site.link("/wachtwoord-wijzigen")} describedBy="nu-wijzigen">
          {texts.yes}
        </ButtonLink>
      </p>
    </Layout>
  );
}
