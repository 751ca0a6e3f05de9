import type { APIGatewayProxyResult } from "aws-lambda";
import { DomainError, isDomainError } from "../../domain/errors.ts";
import { operatorOrganisationId } from "../../domain/organisation.ts";
import { letterFileNames, missingFor } from "../../domain/sanction.ts";
import { parse } from "../../operations/kit/validation.ts";
import { accessTexts, closingTexts } from "../../texts/pages/access.ts";
import { routes } from "../../operations/sanctions/routes.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageRequest } from "../kit/request.ts";
import { fileToShow, htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";
import { AccessPage } from "./access-page.tsx";
import { ClosingPage, ConfirmClosingPage, stepField, steps, type ClosingValues } from "./closing-page.tsx";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { may, requireMay } from "../kit/rights.ts";
import { allClosures, allIncidents } from "./sanction-file.ts";

type Sanctioning = Pick<
  WebOperations,
  | "listIncidents"
  | "listContacts"
  | "listClosures"
  | "listUndelivered"
  | "closeAccess"
  | "getClosingLetter"
  | "getOrganisation"
>;

export function showAccess(operations: Sanctioning): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const incidents = await allIncidents(id, call, operations);
    const closures = await allClosures(id, call, operations);
    const undelivered =
      closures.length === 0 ? [] : (await operations.listUndelivered({ ...call, params: { id } })).body.items;
    const organisation = await organisationOf(id, call, operations);
    const mayClose = may(routes.closeAccess, site, id);
    const props = {
      site,
      organisation,
      incidents,
      closures,
      undelivered,
      mayClose,
      notice: notice(request, site),
    };
    return htmlResponse(200, site.language, <AccessPage {...props} />);
  };
}

/** Says what was done, or that another person had done it already. */
function notice({ query }: PageRequest, { language }: Site): string | null {
  const texts = accessTexts[language];
  const notices: Record<string, string> = {
    gesloten: texts.closedNotice,
    heropend: texts.reopenedNotice,
    "was-gesloten": texts.closedAlready,
    "was-open": texts.openAlready,
  };
  return notices[query("gedaan") ?? ""] ?? null;
}

/** Back to the page about access, which says what was done. */
export function redirectToAccess(site: Site, id: string, done: string): APIGatewayProxyResult {
  return redirect(`${site.link("/organisaties/{id}/toegang", { id })}?gedaan=${done}`);
}

/** The organisation with all incidents. CIZ itself cannot be closed. @throws not-allowed */
async function load(request: PageRequest, site: Site, operations: Sanctioning) {
  const id = request.parameter("id");
  requireMay(routes.closeAccess, site, id);
  if (id === operatorOrganisationId) throw new DomainError("not-allowed");
  const call = callFrom(request, site);
  const organisation = (await operations.getOrganisation({ ...call, params: { id } })).body;
  return { site, organisation, incidents: await allIncidents(id, call, operations) };
}

export function showClosing(operations: Sanctioning): PageAction {
  return async (request, site) => {
    const file = await load(request, site, operations);
    if (file.organisation.status === "closed")
      return redirectToAccess(site, file.organisation.id, "was-gesloten");
    const props = { ...file, formKey: newFormKey(), values: readClosing(new URLSearchParams()) };
    return htmlResponse(200, site.language, <ClosingPage {...props} />);
  };
}

function readClosing(form: URLSearchParams): ClosingValues {
  return {
    ground: form.get("ground") ?? "",
    incidentIds: form.getAll("incidentIds"),
    assessment: form.get("assessment") ?? "",
  };
}

/** Three steps: check the form, ask for confirmation, close. */
export function closeAccess(operations: Sanctioning): PageAction {
  return async (request, site) => {
    const form = request.form();
    const values = readClosing(form);
    const step = form.get(stepField);
    const file = await load(request, site, operations);
    const page = { ...file, values, formKey: formKeyOf(form) };
    const { id } = file.organisation;
    if (step === steps.back) return htmlResponse(200, site.language, <ClosingPage {...page} />);
    try {
      if (step !== steps.close) return confirmClosing(page);
      const call = { ...callFrom(request, site), params: { id }, body: values, formKey: page.formKey };
      await operations.closeAccess(call);
      return redirectToAccess(site, id, "gesloten");
    } catch (error) {
      if (isDomainError(error, "already-closed")) return redirectToAccess(site, id, "was-gesloten");
      return closingFailed(error, form, page);
    }
  };
}

type ClosingFile = Awaited<ReturnType<typeof load>> & { values: ClosingValues; formKey: string };

/** Runs the checks of closing itself, so that a closure that would be refused is not put up for confirmation. */
function confirmClosing(page: ClosingFile): APIGatewayProxyResult {
  const { site, incidents, values } = page;
  const sent = parse(routes.closeAccess.body, values, "body");
  if (!sent.ok) throw new DomainError("invalid-request", { errors: sent.errors });
  const chosen = incidents.filter(({ id }) => sent.data.incidentIds.includes(id));
  const missing = missingFor(sent.data.ground, chosen, sent.data.assessment);
  if (missing.length > 0) throw new DomainError("closure-not-grounded", { errors: missing });
  return htmlResponse(200, site.language, <ConfirmClosingPage {...page} />);
}

function closingFailed(error: unknown, form: URLSearchParams, page: ClosingFile): APIGatewayProxyResult {
  const { site } = page;
  const texts = closingTexts[site.language];
  const labels = { ground: texts.ground, incidentIds: texts.incidents, assessment: texts.assessment };
  const { status, headers, title, errors, formKey } = keyedFailure(error, form, site, labels);
  const errorTitle = isDomainError(error, "closure-not-grounded") ? texts.notYetTitle : title;
  const props = { ...page, formKey, errors, errorTitle };
  return htmlResponse(status, site.language, <ClosingPage {...props} />, headers);
}

/** The stored letter, byte for byte as it was sent. */
export function getLetter({ getClosingLetter }: Pick<Sanctioning, "getClosingLetter">): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), closureId: request.parameter("closureId") };
    const { body } = await getClosingLetter({ ...callFrom(request, site), params });
    return fileToShow("application/pdf", letterFileNames.closing, body);
  };
}
