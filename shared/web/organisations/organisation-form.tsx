import type * as z from "zod/mini";
import { organisationTextFields, type OrganisationTextField } from "../../domain/organisation.ts";
import type { profile as profileSchema } from "../../operations/organisations/schemas.ts";
import type { Language } from "../../texts/language.ts";
import { organisationTexts } from "../../texts/pages/organisation.ts";
import { organisationDataTexts } from "../../texts/pages/organisations.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { Field, type FieldProps, type FormError } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";
import { Choice } from "../kit/choice.tsx";
import type { OrganisationRepresentation } from "./organisations-page.tsx";

/** The form's fields in the order shown, named by their path in the API's body. */
export const organisationFieldNames = [
  ...organisationTextFields,
  "emailDomains",
  "profile",
  "contract/signedOn",
  "contract/erai",
  "contactPerson/name",
  "contactPerson/email",
  "contactPerson/phone",
  "signatory/name",
  "signatory/email",
] as const;
export type OrganisationFieldName = (typeof organisationFieldNames)[number];
/** The text of each field as it was sent; optional fields may be empty. */
export type OrganisationValues = Readonly<Record<OrganisationFieldName, string>>;

export const requiredOrganisationFields: readonly OrganisationFieldName[] = [
  "name",
  "profile",
  "contract/signedOn",
  "contactPerson/name",
  "contactPerson/email",
  "signatory/name",
  "signatory/email",
];

/** The value that a ticked checkbox sends. */
export const ticked = "ja";

const types: Partial<Record<OrganisationFieldName, FieldProps["type"]>> = {
  phone: "tel",
  fax: "tel",
  email: "email",
  emailDomains: "multiline",
  "contract/signedOn": "date",
  "contactPerson/email": "email",
  "contactPerson/phone": "tel",
  "signatory/email": "email",
};

export function organisationLabels(language: Language): Readonly<Record<OrganisationFieldName, string>> {
  const { fields } = organisationDataTexts[language];
  const common = organisationTexts[language];
  return {
    ...common,
    emailDomains: fields.emailDomains,
    profile: fields.profile,
    "contract/signedOn": fields.contract.signedOn,
    "contract/erai": fields.contract.erai,
    "contactPerson/name": fields.contactPerson.name,
    "contactPerson/email": fields.contactPerson.email,
    "contactPerson/phone": fields.contactPerson.phone,
    "signatory/name": fields.signatory.name,
    "signatory/email": fields.signatory.email,
  };
}

/** Contact person and signatory have the same labels, so the error summary names their section too. */
export function labelsInFull(language: Language): Readonly<Record<OrganisationFieldName, string>> {
  const labels = organisationLabels(language);
  const { contactPerson, signatory } = organisationDataTexts[language].sections;
  const inFull = organisationFieldNames.map((name) => {
    if (name.startsWith("contactPerson/")) return [name, `${contactPerson}, ${labels[name]}`];
    return [name, name.startsWith("signatory/") ? `${signatory}, ${labels[name]}` : labels[name]];
  });
  return Object.fromEntries(inFull) as Record<OrganisationFieldName, string>;
}

export function organisationHints(language: Language): Partial<Record<OrganisationFieldName, string>> {
  const { displayName, agbCode, emailDomains, contractSignedOn } = organisationDataTexts[language].hints;
  return { displayName, agbCode, emailDomains, "contract/signedOn": contractSignedOn };
}

/** The form as it is filled from what is stored. */
export function valuesOf(organisation: OrganisationRepresentation): OrganisationValues {
  const { contactPerson, signatory, contract, emailDomains = [], profile } = organisation;
  const texts = organisationTextFields.map((field) => [field, organisation[field] ?? ""]);
  return {
    ...(Object.fromEntries(texts) as Record<OrganisationTextField, string>),
    emailDomains: emailDomains.join("\n"),
    profile: profile.id,
    "contract/signedOn": contract?.signedOn ?? "",
    "contract/erai": contract?.erai ? ticked : "",
    "contactPerson/name": contactPerson?.name ?? "",
    "contactPerson/email": contactPerson?.email ?? "",
    "contactPerson/phone": contactPerson?.phone ?? "",
    "signatory/name": signatory?.name ?? "",
    "signatory/email": signatory?.email ?? "",
  };
}

export type Profiles = readonly z.infer<typeof profileSchema>[];

interface OrganisationFieldsProps {
  readonly site: Site;
  readonly values: OrganisationValues;
  readonly profiles: Profiles;
  readonly errors: readonly FormError[];
}

export function OrganisationDataFields({ site, values, profiles, errors }: OrganisationFieldsProps) {
  const { sections } = organisationDataTexts[site.language];
  const fields = (...names: OrganisationFieldName[]) =>
    names.map((name) => <OrganisationField site={site} name={name} value={values[name]} errors={errors} />);
  return (
    <>
      <fieldset>
        <legend>{sections.organisation}</legend>
        {fields("name", "displayName", "agbCode")}
      </fieldset>
      <fieldset>
        <legend>{sections.address}</legend>
        {fields("street", "houseNumber", "houseNumberAddition", "postalCode", "city")}
      </fieldset>
      <fieldset>
        <legend>{sections.reach}</legend>
        {fields("phone", "fax", "email", "emailDomains")}
      </fieldset>
      <ProfileChoice site={site} profiles={profiles} value={values.profile} errors={errors} />
      <Contract site={site} values={values} errors={errors} />
      <fieldset>
        <legend>{sections.contactPerson}</legend>
        {fields("contactPerson/name", "contactPerson/email", "contactPerson/phone")}
      </fieldset>
      <fieldset>
        <legend>{sections.signatory}</legend>
        <p class="utrecht-form-field-description">{organisationDataTexts[site.language].hints.signatory}</p>
        {fields("signatory/name", "signatory/email")}
      </fieldset>
    </>
  );
}

interface OrganisationFieldProps {
  readonly site: Site;
  readonly name: OrganisationFieldName;
  readonly value: string;
  readonly errors: readonly FormError[];
}

function OrganisationField({ site, name, value, errors }: OrganisationFieldProps) {
  const hint = organisationHints(site.language)[name];
  return (
    <Field
      name={name}
      label={organisationLabels(site.language)[name]}
      type={types[name] ?? "text"}
      autocomplete="off"
      value={value}
      {...(hint !== undefined && { hint })}
      {...(!requiredOrganisationFields.includes(name) && { optional: userTexts[site.language].optional })}
      errors={errors}
    />
  );
}

function ProfileChoice({
  site,
  profiles,
  value,
  errors,
}: Pick<OrganisationFieldsProps, "site" | "profiles" | "errors"> & { readonly value: string }) {
  const texts = organisationDataTexts[site.language];
  return (
    <Choice
      name="profile"
      kind="one"
      legend={texts.sections.profile}
      isSection
      hint={texts.hints.profile}
      options={profiles.map(({ id, name, applicationTypes, identityCheckedBy }) => ({
        value: id,
        label: name,
        hint: `${texts.types(applicationTypes.join(", "))}; ${texts.identityCheckedBy[identityCheckedBy]}`,
      }))}
      chosen={[value]}
      required
      errors={errors}
    />
  );
}

function Contract({ site, values, errors }: Omit<OrganisationFieldsProps, "profiles">) {
  const texts = organisationDataTexts[site.language];
  const name = "contract/erai";
  return (
    <fieldset>
      <legend>{texts.sections.contract}</legend>
      <OrganisationField
        site={site}
        name="contract/signedOn"
        value={values["contract/signedOn"]}
        errors={errors}
      />
      <div class="tick">
        <input
          class="utrecht-checkbox utrecht-checkbox--html-input"
          type="checkbox"
          id={name}
          name={name}
          value={ticked}
          checked={values[name] === ticked}
        />
        <label for={name}>{texts.fields.contract.erai}</label>
      </div>
    </fieldset>
  );
}
