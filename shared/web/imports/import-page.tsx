import { mostImported } from "../../domain/user-import.ts";
import { importTexts } from "../../texts/pages/import.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form, type FormError } from "../kit/form.tsx";
import { FormPage } from "../kit/form-page.tsx";
import type { Site } from "../kit/site.ts";

interface ImportProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly errors?: readonly FormError[];
}

export function ImportPage({ site, organisation, errors = [] }: ImportProps) {
  const texts = importTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      errors={errors}
    >
      <p>{texts.intro}</p>
      <section class="aside" aria-labelledby="bestand-maken">
        <h2 id="bestand-maken">{texts.howTitle}</h2>
        <ol>
          <li>
            <a href={site.link("/organisaties/{id}/gebruikers-importeren-voorbeeld", organisation)} download>
              {texts.example}
            </a>
          </li>
          {texts.how.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <p>{texts.limits(mostImported)}</p>
      </section>
      <ChooseFile site={site} organisation={organisation} errors={errors} />
    </FormPage>
  );
}

export function ChooseFile({ site, organisation, errors = [] }: ImportProps) {
  const texts = importTexts[site.language];
  return (
    <Form action={site.link("/organisaties/{id}/gebruikers-importeren", organisation)} upload>
      <Field
        name="bestand"
        label={texts.file}
        hint={texts.fileHint}
        type="file"
        autocomplete="off"
        errors={errors}
      />
      <div class="actions">
        <Button>{texts.look}</Button>
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
          {texts.cancel}
        </ButtonLink>
      </div>
    </Form>
  );
}
