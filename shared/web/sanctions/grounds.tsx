import { closureGrounds, missingFor, type ClosureGround } from "../../domain/sanction.ts";
import { accessTexts, type Requirement } from "../../texts/pages/access.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import type { Site } from "../kit/site.ts";
import type { IncidentRepresentation } from "./incidents-page.tsx";

interface GroundsProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  /** The incidents that count towards a ground. */
  readonly incidents: readonly IncidentRepresentation[];
  readonly assessment: string | null;
  /** Shows links to add missing records. */
  readonly mayRecord: boolean;
}

/** Uses the same rule as closing itself, so that this list and the decision cannot differ. */
export function Grounds(props: GroundsProps) {
  return (
    <div class="grounds">
      {closureGrounds.map((ground) => (
        <Ground {...props} ground={ground} />
      ))}
    </div>
  );
}

/** With no incidents at all, the rule returns every requirement of a ground. */
function requirementsOf(ground: ClosureGround, { incidents, assessment }: GroundsProps) {
  const missing = new Set(missingFor(ground, incidents, assessment).map(({ code }) => code));
  return missingFor(ground, [], null).map(({ code, limit = 1 }) => ({
    code: code as Requirement,
    limit,
    // The assessment is written with the closure itself.
    state: !missing.has(code) ? "met" : code === "no-assessment" ? "later" : "unmet",
  })) satisfies readonly { state: "met" | "later" | "unmet" }[];
}

function Ground(props: GroundsProps & { readonly ground: ClosureGround }) {
  const { site, ground } = props;
  const texts = accessTexts[site.language];
  const requirements = requirementsOf(ground, props);
  const states = new Set(requirements.map(({ state }) => state));
  const verdict = states.has("unmet")
    ? texts.groundUnmet
    : states.has("later")
      ? texts.groundAlmost
      : texts.groundMet;
  return (
    <section class="card" aria-labelledby={`grond-${ground}`}>
      <h3 id={`grond-${ground}`}>{texts.grounds[ground]}</h3>
      <ul class="checklist">
        {requirements.map(({ code, limit, state }) => (
          <li class={state}>
            <strong class="mark">{texts[state]}: </strong>
            {texts.requirements[code](limit)}
            {state !== "met" && <Remedy {...props} code={code} />}
          </li>
        ))}
      </ul>
      <p>
        <strong>{verdict}</strong>
      </p>
    </section>
  );
}

function Remedy({ site, organisation, mayRecord, code }: GroundsProps & { readonly code: Requirement }) {
  const words = accessTexts[site.language].remedies[code];
  if (code === "no-assessment") return <> {words}</>;
  if (!mayRecord) return null;
  const isContact = code === "no-contact-on-misuse" || code === "no-contact-with-organisation";
  const address = isContact
    ? site.link("/organisaties/{id}/incidenten", organisation)
    : site.link("/organisaties/{id}/incident-vastleggen", organisation);
  return (
    <>
      {" "}
      <a href={address}>{words}</a>
    </>
  );
}
