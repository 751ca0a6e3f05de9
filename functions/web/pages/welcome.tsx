import type { PasswordExpiry } from "../../../shared/domain/admission.ts";
import { displayedName } from "../../../shared/domain/person.ts";
import { longDate, timeOfDay } from "../../../shared/texts/dates.ts";
import { welcomeTexts } from "../../../shared/texts/pages/welcome.ts";
import type { WebSession } from "../operations.ts";
import type { Site } from "../site.ts";
import { Form } from "./form.tsx";
import { Layout } from "./layout.tsx";

interface WelcomeProps {
  readonly site: Site;
  readonly session: WebSession;
  /** Whether to ask for a new password if it is time to; not once someone has answered "no". */
  readonly warn: boolean;
}

export function Welcome({ site, session: { member, passwordExpiry }, warn }: WelcomeProps) {
  const texts = welcomeTexts[site.language];
  const { user, organisation } = member;
  const roles = user.roles.map((role) => texts.roleNames[role]).join(", ");
  return (
    <Layout site={site} title={texts.title}>
      {warn && passwordExpiry.warning && <AlmostExpired site={site} passwordExpiry={passwordExpiry} />}
      <h2>{texts.details}</h2>
      <dl>
        <Fact label={texts.username} value={user.username} />
        <Fact label={texts.name} value={displayedName(user)} />
        <Fact label={texts.email} value={user.email} />
        <Fact label={texts.organisation} value={organisation.displayName} />
        {roles !== "" && <Fact label={texts.roles} value={roles} />}
        <Fact label={texts.passwordValidUntil} value={longDate(passwordExpiry.expiresAt, site.language)} />
      </dl>
      <p class="actions">
        <a class="button" href={site.contacts.porteroUrl}>
          {texts.toPortero}
        </a>
      </p>
      <Form action={site.link("/uitloggen")}>
        <button type="submit" class="quiet">
          {texts.signOut}
        </button>
      </Form>
    </Layout>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function AlmostExpired({ site, passwordExpiry }: { site: Site; passwordExpiry: PasswordExpiry }) {
  const texts = welcomeTexts[site.language];
  const { expiresAt, daysLeft } = passwordExpiry;
  const at = { date: longDate(expiresAt, site.language), time: timeOfDay(expiresAt) };
  return (
    <section class="warning" aria-labelledby="bijna-verlopen">
      <h2 id="bijna-verlopen">{texts.almostExpired}</h2>
      <p>{texts.expires(daysLeft, at)}</p>
      <p id="nu-wijzigen">{texts.changeNow}</p>
      <p class="actions">
        <a
          class="button quiet"
          href={`${site.link("/welkom")}?wachtwoord=later`}
          aria-describedby="nu-wijzigen"
        >
          {texts.no}
        </a>
        <a class="button" href={site.link("/wachtwoord-aanvragen")} aria-describedby="nu-wijzigen">
          {texts.yes}
        </a>
      </p>
    </section>
  );
}
