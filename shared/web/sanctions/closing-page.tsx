import { closureGrounds } from "../../domain/sanction.ts";
import { accessTexts, closingTexts } from "../../texts/pages/access.ts";
import { incidentsTexts } from "../../texts/pages/incidents.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { Field, Form } from "../kit/form.tsx";
import { Layout } from "../kit/layout.tsx";
import type { Site } from "../kit/site.ts";
import { Choice } from "../kit/choice.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { Grounds } from "./grounds.tsx";
import { incidentName, type IncidentRepresentation } from "./incidents-page.tsx";
import type { OrganisationRepresentation } from "../organisations/organisations-page.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

export interface ClosingValues {
  readonly ground: string;
  readonly incidentIds: readonly string[];
  readonly assessment: string;
}

/** Tells apart the buttons of the closing form's steps. */
export const stepField = "stap";
export const steps = { check: "controleren", back: "wijzigen", close: "sluiten" } as const;

interface ClosingProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationRepresentation;
  /** All of the organisation's incidents. */
  readonly incidents: readonly IncidentRepresentation[];
  readonly formKey: string;
  readonly values: ClosingValues;
}

export function ClosingPage(props: ClosingProps) {
  const { site, organisation, incidents, values, errorTitle, errors = [] } = props;
  const texts = closingTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "access" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <p class="warning">{texts.intro(organisation.displayName)}</p>
      <h2>{accessTexts[site.language].groundsTitle}</h2>
      <Grounds
        site={site}
        organisation={organisation}
        incidents={incidents}
        assessment={values.assessment.trim() || null}
        mayRecord
      />
      {incidents.length === 0 ? <p>{texts.noIncidents}</p> : <ClosingForm {...props} />}
    </FormPage>
  );
}

function ClosingForm({ site, organisation, incidents, formKey, values, errors = [] }: ClosingProps) {
  const texts = closingTexts[site.language];
  return (
    <Form action={site.link("/organisaties/{id}/toegang-sluiten", organisation)}>
      <FormKey value={formKey} />
      <input type="hidden" name={stepField} value={steps.check} />
      <Choice
        name="ground"
        kind="one"
        legend={texts.ground}
        options={closureGrounds.map((ground) => ({
          value: ground,
          label: accessTexts[site.language].grounds[ground],
        }))}
        chosen={[values.ground]}
        required
        errors={errors}
      />
      <Choice
        name="incidentIds"
        kind="many"
        legend={texts.incidents}
        hint={texts.incidentsHint}
        options={incidents.map((incident) => ({
          value: incident.id,
          label: incidentName(incident, site),
          hint: <IncidentHint site={site} incident={incident} />,
        }))}
        chosen={values.incidentIds}
        errors={errors}
      />
      <Field
        name="assessment"
        label={texts.assessment}
        hint={texts.assessmentHint}
        type="multiline"
        autocomplete="off"
        optional={texts.optional}
        value={values.assessment}
        errors={errors}
      />
      <div class="actions">
        <Button>{texts.check}</Button>
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/toegang", organisation)}>
          {texts.cancel}
        </ButtonLink>
      </div>
    </Form>
  );
}

function IncidentHint({ site, incident }: { site: Site; incident: IncidentRepresentation }) {
  const words = incidentsTexts[site.language];
  const partners = [...new Set(incident.contacts.map((contact) => words.partners[contact.with]))];
  return (
    <>
      <span class="text">{incident.description}</span>
      <br />
      {partners.length === 0
        ? words.states.recorded
        : closingTexts[site.language].contactsWith(partners.join(", "))}
    </>
  );
}

/** Asks for confirmation, because closing ends every session of the organisation. */
export function ConfirmClosingPage(props: ClosingProps) {
  const { site, organisation, values } = props;
  const texts = closingTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.confirmTitle}
      place="organisation"
      organisationMenu={{ organisation, place: "access" }}
    >
      <p id="zeker">{texts.confirm(organisation.displayName)}</p>
      <Chosen {...props} />
      <h2>{texts.whenClosed}</h2>
      <ul>
        {texts.consequences.map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      <Form action={site.link("/organisaties/{id}/toegang-sluiten", organisation)}>
        <FormKey value={props.formKey} />
        <input type="hidden" name="ground" value={values.ground} />
        {values.incidentIds.map((id) => (
          <input type="hidden" name="incidentIds" value={id} />
        ))}
        <input type="hidden" name="assessment" value={values.assessment} />
        <div class="actions">
          <Button kind="secondary" name={stepField} value={steps.back} describedBy="zeker">
            {texts.no}
          </Button>
          <Button kind="danger" name={stepField} value={steps.close} describedBy="zeker">
            {texts.yes}
          </Button>
        </div>
      </Form>
    </Layout>
  );
}

function Chosen({ site, organisation, incidents, values }: ClosingProps) {
  const texts = closingTexts[site.language];
  const ground = closureGrounds.find((one) => one === values.ground);
  const chosen = incidents.filter(({ id }) => values.incidentIds.includes(id));
  const { signatory, contactPerson } = organisation;
  const people = [signatory, contactPerson].filter((one) => one !== undefined);
  const recipients = people.map(({ name, email }) => `${name} (${email})`);
  return (
    <dl>
      <Fact label={texts.chosenGround}>{ground ? accessTexts[site.language].grounds[ground] : null}</Fact>
      <Fact label={texts.chosenIncidents}>{chosen.map((one) => incidentName(one, site)).join("\n")}</Fact>
      {values.assessment.trim() !== "" && <Fact label={texts.chosenAssessment}>{values.assessment}</Fact>}
      <Fact label={texts.letterTo}>{[...new Set(recipients)].join("\n")}</Fact>
    </dl>
  );
}
