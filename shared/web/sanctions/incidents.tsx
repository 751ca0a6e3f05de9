import { calendarDay, localInstant } from "../../domain/time.ts";
import { timeOfDay } from "../../texts/dates.ts";
import { incidentsTexts, newContactTexts, newIncidentTexts } from "../../texts/pages/incidents.ts";
import { routes } from "../../operations/sanctions/routes.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { FormError } from "../kit/form.tsx";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";
import { IncidentsPage } from "./incidents-page.tsx";
import { NewContact, type ContactValues } from "./new-contact-page.tsx";
import { NewIncident, searchStep, type IncidentValues } from "./new-incident-page.tsx";
import { findUsers } from "../organisations/find-users.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { may, requireMay } from "../kit/rights.ts";
import { ContactsPage } from "./contacts-page.tsx";
import { allClosures, incidentOf } from "./sanction-file.ts";

type Recording = Pick<
  WebOperations,
  | "listIncidents"
  | "recordIncident"
  | "listContacts"
  | "logContact"
  | "listClosures"
  | "listUsers"
  | "getOrganisation"
>;

/** Few, because each can have twenty contacts of a page of text. */
const limit = "10";

export function showIncidents(operations: Recording): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const after = request.query("na");
    const query = { limit, ...(after !== null && { after }) };
    const incidents = (await operations.listIncidents({ ...call, params: { id }, query })).body;
    const closures = await allClosures(id, call, operations);
    const organisation = await organisationOf(id, call, operations);
    const texts = incidentsTexts[site.language];
    const done = request.query("gedaan");
    const notice =
      done === "vastgelegd" ? texts.recordedNotice : done === "contact" ? texts.loggedNotice : null;
    const page = { site, organisation, incidents, closures, notice, isFirstPage: after === null };
    const mayRecord = may(routes.recordIncident, site, id);
    return htmlResponse(200, site.language, <IncidentsPage {...page} mayRecord={mayRecord} />);
  };
}

export function showNewIncident(operations: Recording): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    requireMay(routes.recordIncident, site, id);
    const organisation = await organisationOf(id, callFrom(request, site), operations);
    const values = readIncident(new URLSearchParams());
    const page = { site, organisation, values, found: null, today: calendarDay(new Date()) };
    return htmlResponse(200, site.language, <NewIncident {...page} formKey={newFormKey()} />);
  };
}

function readIncident(form: URLSearchParams): IncidentValues {
  const text = (name: string) => form.get(name) ?? "";
  return {
    kind: text("kind"),
    occurredOn: text("occurredOn"),
    reportedBy: text("reportedBy"),
    description: text("description"),
    usernames: form.getAll("usernames"),
    search: text("zoeken"),
  };
}

/** Records the incident, or shows the form again with the results of its search for users. */
export function recordIncident(operations: Recording): PageAction {
  return async (request, site) => {
    const form = request.form();
    const params = { id: request.parameter("id") };
    const { search, ...body } = readIncident(form);
    const formKey = formKeyOf(form);
    const isSearch = form.get(searchStep.name) === searchStep.value;
    if (isSearch) return searchUsers({ ...body, search: search.trim() }, formKey, request, site, operations);
    try {
      await operations.recordIncident({ ...callFrom(request, site), params, body, formKey });
      return redirect(`${site.link("/organisaties/{id}/incidenten", params)}?gedaan=vastgelegd`);
    } catch (error) {
      const texts = newIncidentTexts[site.language];
      const { status, headers, ...failure } = keyedFailure(error, form, site, {
        kind: texts.kind,
        occurredOn: texts.occurredOn,
        reportedBy: texts.reportedBy,
        description: texts.description,
        usernames: texts.usernames,
      });
      const organisation = await organisationOf(params.id, callFrom(request, site), operations);
      const page = { site, organisation, found: null, today: calendarDay(new Date()) };
      const props = { ...page, values: { ...body, search }, errorTitle: failure.title, ...failure };
      return htmlResponse(status, site.language, <NewIncident {...props} />, headers);
    }
  };
}

/** Searches deleted users too: they can have been involved. */
async function searchUsers(
  values: IncidentValues,
  formKey: string,
  request: PageRequest,
  site: Site,
  operations: Recording,
) {
  const id = request.parameter("id");
  const call = callFrom(request, site);
  requireMay(routes.recordIncident, site, id);
  const { found, errors, status } = await findUsers(values.search, id, call, site, operations, "all");
  const organisation = await organisationOf(id, call, operations);
  const page = { site, organisation, values, found, errors, formKey, today: calendarDay(new Date()) };
  return htmlResponse(status, site.language, <NewIncident {...page} />);
}

export function showContacts(operations: Recording): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), incidentId: request.parameter("incidentId") };
    const call = callFrom(request, site);
    const after = request.query("na");
    const query = after === null ? {} : { after };
    const contacts = (await operations.listContacts({ ...call, params, query })).body;
    const incident = await incidentOf(params, call, operations);
    const organisation = await organisationOf(params.id, call, operations);
    const page = { site, organisation, incident, contacts, isFirstPage: after === null };
    return htmlResponse(200, site.language, <ContactsPage {...page} />);
  };
}

/** The form begins with today and now, since most contacts are logged as soon as they are over. */
export function showNewContact(operations: Recording): PageAction {
  return async (request, site) => {
    const at = { id: request.parameter("id"), incidentId: request.parameter("incidentId") };
    requireMay(routes.logContact, site, at.id);
    const now = new Date();
    const nothing = { with: "", name: "", means: "", summary: "" };
    const values = { ...nothing, day: calendarDay(now), time: timeOfDay(now) };
    const page = await contactPage(request, site, operations);
    return htmlResponse(200, site.language, <NewContact {...page} values={values} formKey={newFormKey()} />);
  };
}

async function contactPage(request: PageRequest, site: Site, operations: Recording) {
  const id = request.parameter("id");
  const call = callFrom(request, site);
  const incident = await incidentOf({ id, incidentId: request.parameter("incidentId") }, call, operations);
  const organisation = await organisationOf(id, call, operations);
  return { site, organisation, incident, today: calendarDay(new Date()) };
}

function readContact(form: URLSearchParams): ContactValues {
  const text = (name: string) => form.get(name) ?? "";
  return {
    day: text("day"),
    time: text("time"),
    with: text("with"),
    name: text("name"),
    means: text("means"),
    summary: text("summary"),
  };
}

export function logContact(operations: Recording): PageAction {
  return async (request, site) => {
    const form = request.form();
    const params = { id: request.parameter("id"), incidentId: request.parameter("incidentId") };
    const values = readContact(form);
    const { day, time, ...said } = values;
    // An invalid moment is passed on as it was sent, so that the API's own check refuses it.
    const body = { ...said, at: localInstant(day, time) ?? `${day} ${time}` };
    try {
      const call = { ...callFrom(request, site), params, body, formKey: formKeyOf(form) };
      await operations.logContact(call);
      return redirect(`${site.link("/organisaties/{id}/incidenten", params)}?gedaan=contact`);
    } catch (error) {
      const texts = newContactTexts[site.language];
      const { status, headers, ...failure } = keyedFailure(error, form, site, {
        with: texts.with,
        name: texts.name,
        means: texts.means,
        at: texts.day,
        summary: texts.summary,
      });
      const page = { ...(await contactPage(request, site, operations)), values, errorTitle: failure.title };
      const errors = failure.errors.map((one) => assignToDayOrTime(one, values, site));
      return htmlResponse(
        status,
        site.language,
        <NewContact {...page} {...failure} errors={errors} />,
        headers,
      );
    }
  };
}

/** The API has one field for the moment, the form has two: the error goes to the one that causes it. */
function assignToDayOrTime(error: FormError, { day }: ContactValues, { language }: Site): FormError {
  if (error.field !== "at") return error;
  const texts = newContactTexts[language];
  const isDay = localInstant(day, "12:00") !== null;
  if (!isDay || day > calendarDay(new Date())) return { ...error, field: "day" };
  return { field: "time", label: texts.time, text: texts.timeWrong };
}
