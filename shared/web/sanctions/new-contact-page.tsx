import { contactMeans, contactPartners } from "../../domain/sanction.ts";
import { newContactTexts } from "../../texts/pages/incidents.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";
import { Choice } from "../kit/choice.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { IncidentFacts, incidentName, type IncidentRepresentation } from "./incidents-page.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

export interface ContactValues {
  readonly day: string;
  readonly time: string;
  readonly with: string;
  readonly name: string;
  readonly means: string;
  readonly summary: string;
}

interface NewContactProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly incident: IncidentRepresentation;
  readonly formKey: string;
  /** The last day that can be chosen. */
  readonly today: string;
  readonly values: ContactValues;
}

export function NewContact(props: NewContactProps) {
  const { site, organisation, incident, errorTitle, errors = [] } = props;
  const texts = newContactTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "incidents" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <section class="aside" aria-labelledby="incident">
        <h2 id="incident">
          <span class="unseen">{texts.incident}: </span>
          {incidentName(incident, site)}
        </h2>
        <p class="text">{incident.description}</p>
        <IncidentFacts site={site} organisation={organisation} incident={incident} />
      </section>
      <p>{texts.intro}</p>
      <ContactForm {...props} />
    </FormPage>
  );
}

function ContactForm({ site, organisation, incident, formKey, today, values, errors = [] }: NewContactProps) {
  const texts = newContactTexts[site.language];
  const at = { id: organisation.id, incidentId: incident.id };
  const field = { autocomplete: "off", errors } as const;
  return (
    <Form action={site.link("/organisaties/{id}/incidenten/{incidentId}/contact-vastleggen", at)}>
      <FormKey value={formKey} />
      <Choice
        name="with"
        kind="one"
        legend={texts.with}
        options={contactPartners.map((partner) => ({ value: partner, label: texts.partners[partner] }))}
        chosen={[values.with]}
        required
        errors={errors}
      />
      <Field name="name" label={texts.name} type="text" value={values.name} {...field} />
      <Choice
        name="means"
        kind="one"
        legend={texts.means}
        options={contactMeans.map((means) => ({ value: means, label: texts.allMeans[means] }))}
        chosen={[values.means]}
        required
        errors={errors}
      />
      <Field name="day" label={texts.day} type="date" latest={today} value={values.day} {...field} />
      <Field
        name="time"
        label={texts.time}
        hint={texts.timeHint}
        type="time"
        value={values.time}
        {...field}
      />
      <Field name="summary" label={texts.summary} type="multiline" value={values.summary} {...field} />
      <div class="actions">
        <Button>{texts.save}</Button>
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/incidenten", organisation)}>
          {texts.cancel}
        </ButtonLink>
      </div>
    </Form>
  );
}
