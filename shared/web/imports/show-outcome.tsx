import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse } from "../kit/response.ts";
import type { ImportOperations } from "./preview-import.tsx";
import { importHours, type ImportStanding } from "../../domain/user-import.ts";
import { importTexts } from "../../texts/pages/import.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Layout } from "../kit/layout.tsx";
import { Notice } from "../kit/notice.tsx";
import type { Site } from "../kit/site.ts";
import { NewUsers } from "./new-users.tsx";
import { Progress } from "./progress.tsx";

export function showOutcome({ viewImport, getOrganisation }: ImportOperations): PageAction {
  return async (request, site) => {
    const [organisationId, formKey] = [request.parameter("id"), request.parameter("key")];
    const call = callFrom(request, site);
    const params = { id: organisationId, key: formKey };
    const { standing } = (await viewImport({ ...call, params })).body;
    const organisation = await organisationOf(organisationId, call, { getOrganisation });
    const page = <OutcomePage site={site} organisation={organisation} standing={standing} />;
    return htmlResponse(standing === null ? 404 : 200, site.language, page);
  };
}

interface OutcomeProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  /** Null if there is no such import, or it has been removed. */
  readonly standing: ImportStanding | null;
}

/** Loading the page again changes nothing, so it can be used to follow an import. */
export function OutcomePage({ site, organisation, standing }: OutcomeProps) {
  const texts = importTexts[site.language];
  const title =
    standing === null ? texts.goneTitle : standing.state === "done" ? texts.doneTitle : texts.runningTitle;
  return (
    <Layout
      site={site}
      title={title}
      failed={standing === null}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      {...(standing !== null && standing.state !== "done" && { script: "import-progress" })}
    >
      {standing === null ? (
        <p>{texts.gone(importHours)}</p>
      ) : standing.state === "done" ? (
        <Done site={site} standing={standing} />
      ) : (
        <Running site={site} standing={standing} />
      )}
      <p class="actions">
        {standing !== null && standing.state !== "done" && (
          <ButtonLink href="?">{texts.lookAgain}</ButtonLink>
        )}
        <ButtonLink
          kind={standing?.state === "done" ? "primary" : "secondary"}
          href={site.link("/organisaties/{id}/gebruikers", organisation)}
        >
          {texts.back}
        </ButtonLink>
      </p>
    </Layout>
  );
}

function Running({ site, standing }: { site: Site; standing: ImportStanding }) {
  const texts = importTexts[site.language];
  const { state, rows, reserved, added } = standing;
  const most = rows.length;
  switch (state) {
    case "undoing":
      return <Progress words={texts.undoing} value={0} most={most} running />;
    case "reserving":
      return <Progress words={texts.reserving(reserved, most)} value={reserved / 2} most={most} running />;
    case "creating":
    case "done":
      return <Progress words={texts.creating(added, most)} value={(most + added) / 2} most={most} running />;
  }
}

function Done({ site, standing: { rows } }: { site: Site; standing: ImportStanding }) {
  const texts = importTexts[site.language];
  return (
    <>
      <Notice>{texts.added(rows.length)}</Notice>
      <p>{texts.mailed}</p>
      <NewUsers site={site} rows={rows} />
    </>
  );
}
