import { closureGrounds, missingFor, type ClosureGround } from "../../domain/sanction.ts";
import { accessTexts, type Requirement } from "../../texts/pages/access.ts";
import type { OrganisationShown } from "../kit/about-organisation.tsx";
import type { Site } from "../kit/site.ts";
import type { IncidentRepresentation } from "./incidents-page.tsx";

interface GroundsProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  /** What the grounds are held against. */
  readonly incidents: readonly IncidentRepresentation[];
  readonly assessment: string | null;
  /** Whether the page offers the ways to what is missing. */
  readonly mayRecord: boolean;
}

/** What each ground asks for, and what of it there is, by the very rule that decides on closing. */
export function Grounds(props: GroundsProps) {
  return (
    <div class="grounds">
      {closureGrounds.map((ground) => (
        <Ground {...props} ground={ground} />
      ))}
    </div>
  );
}

/** A ground lacks all that it asks for where there is nothing at all. */
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

/** The way to what is missing. */
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
