import {
  organisationFieldNames,
  requiredOrganisationFields,
  ticked,
  type OrganisationFieldName,
  type OrganisationValues,
} from "./organisation-form.tsx";

export function readOrganisation(form: URLSearchParams): OrganisationValues {
  const pairs = organisationFieldNames.map((name) => [name, form.get(name) ?? ""]);
  return Object.fromEntries(pairs) as OrganisationValues;
}

/** The body for the API: optional fields that are empty become null. */
export function organisationBody(values: OrganisationValues): Record<string, unknown> {
  const given = (name: OrganisationFieldName) =>
    values[name].trim() === "" && !requiredOrganisationFields.includes(name) ? null : values[name];
  const plain = organisationFieldNames.filter((name) => !name.includes("/"));
  return {
    ...Object.fromEntries(plain.map((name) => [name, given(name)])),
    emailDomains: linesOf(values.emailDomains),
    contract: { signedOn: values["contract/signedOn"], erai: values["contract/erai"] === ticked },
    contactPerson: {
      name: values["contactPerson/name"],
      email: values["contactPerson/email"],
      phone: given("contactPerson/phone"),
    },
    signatory: { name: values["signatory/name"], email: values["signatory/email"] },
  };
}

/** Values may be separated by lines, commas or semicolons. */
function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
