import { incidentKinds } from "../../domain/sanction.ts";
import { newIncidentTexts } from "../../texts/pages/incidents.ts";
import type { UserRepresentation } from "../users/users-page.tsx";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { SearchField } from "../kit/search-form.tsx";
import type { Site } from "../kit/site.ts";
import { Choice, type Option } from "../kit/choice.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

export interface IncidentValues {
  readonly kind: string;
  readonly occurredOn: string;
  readonly reportedBy: string;
  readonly description: string;
  readonly usernames: readonly string[];
  /** The search for users; not part of the incident. */
  readonly search: string;
}

/** The button that looks for users instead of recording. */
export const searchStep = { name: "stap", value: "zoeken" } as const;

interface NewIncidentProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly formKey: string;
  /** The last day that can be chosen. */
  readonly today: string;
  readonly values: IncidentValues;
  /** Null if there was no search. */
  readonly found: { readonly items: readonly UserRepresentation[]; readonly total: number } | null;
}

export function NewIncident(props: NewIncidentProps) {
  const { site, organisation, formKey, today, values, errorTitle, errors = [] } = props;
  const texts = newIncidentTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "incidents" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <p>{texts.intro}</p>
      <Form action={site.link("/organisaties/{id}/incident-vastleggen", organisation)}>
        <FormKey value={formKey} />
        <Choice
          name="kind"
          kind="one"
          legend={texts.kind}
          options={incidentKinds.map((kind) => ({
            value: kind,
            label: texts.kinds[kind],
            hint: texts.kindMeanings[kind],
          }))}
          chosen={[values.kind]}
          required
          errors={errors}
        />
        <Field
          name="occurredOn"
          label={texts.occurredOn}
          hint={texts.occurredOnHint}
          type="date"
          latest={today}
          autocomplete="off"
          value={values.occurredOn}
          errors={errors}
        />
        <Field
          name="reportedBy"
          label={texts.reportedBy}
          hint={texts.reportedByHint}
          type="text"
          autocomplete="off"
          value={values.reportedBy}
          errors={errors}
        />
        <Field
          name="description"
          label={texts.description}
          type="multiline"
          autocomplete="off"
          value={values.description}
          errors={errors}
        />
        <Involved {...props} />
        <div class="actions">
          <Button>{texts.save}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/incidenten", organisation)}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}

/** The search sends the whole form, so that the other fields keep their values. */
function Involved({ site, organisation, values, found, errors = [] }: NewIncidentProps) {
  const texts = newIncidentTexts[site.language];
  const here = site.link("/organisaties/{id}/incident-vastleggen", organisation);
  const options = userOptions(values.usernames, found?.items ?? []);
  return (
    <div id="betrokken">
      <Choice
        name="usernames"
        kind="many"
        legend={texts.usernames}
        hint={texts.usernamesHint}
        options={options}
        chosen={values.usernames}
        errors={errors}
      />
      {found && found.items.length === 0 && <p role="status">{texts.notFound}</p>}
      {found && found.total > found.items.length && (
        <p role="status">{texts.more(found.items.length, found.total)}</p>
      )}
      <div class="search">
        <SearchField label={texts.search} value={values.search} errors={errors} />
        <Button kind="secondary" action={`${here}#betrokken`} {...searchStep}>
          {texts.find}
        </Button>
      </div>
    </div>
  );
}

/** Users chosen before come first, whether or not this search finds them. */
function userOptions(chosen: readonly string[], found: readonly UserRepresentation[]): Option[] {
  const named = (username: string, name: string) => ({ value: username, label: `${name} (${username})` });
  const others = found.filter(({ username }) => !chosen.includes(username));
  return [
    ...chosen.map((username) => {
      const known = found.find((user) => user.username === username);
      return known ? named(username, known.name) : { value: username, label: username };
    }),
    ...others.map(({ username, name }) => named(username, name)),
  ];
}
