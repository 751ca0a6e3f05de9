import type { ProblemSlug } from "../../domain/errors.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import type { Site } from "./site.ts";
import { ButtonLink } from "./button.tsx";
import { Layout } from "./layout.tsx";

interface ProblemProps {
  readonly site: Site;
  readonly slug: ProblemSlug;
  readonly detail: string;
}

/** A new link solves these problems, so their page offers one. */
const solvedByLink: readonly ProblemSlug[] = ["link-expired", "password-expired"];

export function Problem({ site, slug, detail }: ProblemProps) {
  const texts = frameTexts[site.language];
  return (
    <Layout site={site} title={problemTitle(slug, site.language)} failed>
      <p>{detail}</p>
      <p class="actions">
        {solvedByLink.includes(slug) ? (
          <ButtonLink href={site.link("/wachtwoord-aanvragen")}>{texts.ask}</ButtonLink>
        ) : (
          <a href={site.link(site.session ? "/welkom" : "/")}>
            {site.session ? texts.toWelcome : texts.toSignIn}
          </a>
        )}
      </p>
    </Layout>
  );
}
