import { personFields } from "../../domain/account-changes.ts";
import { userTexts } from "../../texts/pages/users.ts";
import type { Site } from "../kit/site.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Field, type FormError } from "../kit/form.tsx";

export type UserField = (typeof personFields)[number];
/** The text of each field as it was sent; optional fields may be empty. */
export type UserValues = Readonly<Record<UserField, string>>;

const optionalUserFields: readonly UserField[] = ["infix", "phone", "fax", "memo"];

export function readUser(form: URLSearchParams): UserValues {
  return Object.fromEntries(personFields.map((field) => [field, form.get(field) ?? ""])) as UserValues;
}

/** The body for the API: optional fields that are empty become null. */
export function bodyOf(values: UserValues): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      optionalUserFields.some((one) => one === field) && value.trim() === "" ? null : value,
    ]),
  );
}

/** Shown for reference; this form does not change the organisation. */
export interface FormOrganisation extends OrganisationShown {
  readonly agbCode: string | null;
  readonly name: string;
  readonly city: string | null;
}

interface UserFieldsProps {
  readonly site: Site;
  readonly values: UserValues;
  /** Null for a new user. */
  readonly username: string | null;
  /** Goes before each field's name, in a form that has other fields of the same name. */
  readonly prefix?: string;
  readonly errors: readonly FormError[];
}

const types = { email: "email", phone: "tel", fax: "tel", memo: "multiline" } as const;

/** The fields about a person, in the order of the manual. */
export function UserFields({ site, values, username, prefix = "", errors }: UserFieldsProps) {
  const texts = userTexts[site.language];
  const field = (name: UserField) => (
    <Field
      name={prefix + name}
      label={texts.fields[name]}
      type={name in types ? types[name as keyof typeof types] : "text"}
      autocomplete="off"
      value={values[name]}
      {...(optionalUserFields.includes(name) && { optional: texts.optional })}
      {...(name === "email" && { hint: texts.advice })}
      errors={errors}
    />
  );
  return (
    <>
      {prefix === "" && <p>{texts.required}</p>}
      {field("initials")}
      {field("firstName")}
      {field("infix")}
      {field("lastName")}
      {username !== null && (
        <Fixed name="username" label={texts.fields.username} value={username} hint={texts.usernameHint} />
      )}
      {field("email")}
      {field("phone")}
      {field("fax")}
      {field("memo")}
    </>
  );
}

export function OrganisationFields({ site, organisation }: { site: Site; organisation: FormOrganisation }) {
  const texts = userTexts[site.language];
  const { id, agbCode, name, city } = organisation;
  return (
    <fieldset>
      <legend>{texts.organisation}</legend>
      <Fixed name="organisation" label={texts.organisationNumber} value={id} />
      <Fixed name="agb" label={texts.agbCode} value={agbCode ?? texts.absent} />
      <Fixed name="organisation-name" label={texts.organisationName} value={name} />
      <Fixed name="city" label={texts.city} value={city ?? texts.absent} />
    </fieldset>
  );
}

interface FixedProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

/** A field that cannot be changed. */
function Fixed(props: FixedProps) {
  return <Field {...props} type="text" autocomplete="off" readonly errors={[]} />;
}
