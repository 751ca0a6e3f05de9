import * as z from "zod/mini";
import type { UndeliveredLetter } from "../../domain/sanction.ts";
import { defineRoutes, type Access } from "../kit/route.ts";
import {
  closure,
  contact,
  givenId,
  incident,
  newClosure,
  newContact,
  newIncident,
  newReopening,
} from "./schemas.ts";
import { organisationId, pageOf, pageQuery } from "../kit/schemas.ts";

const tag = "Sanctions";
const operator: readonly Access[] = ["contract-managers", "service-desk"];
const ofOrganisation = z.strictObject({ id: organisationId });

export const routes = defineRoutes({
  listIncidents: {
    method: "GET",
    path: "/v1/organisations/{id}/incidents",
    who: operator,
    summary: "The incidents of an organisation with the latest contacts about them, the newest first",
    tag,
    params: ofOrganisation,
    query: z.strictObject(pageQuery),
    success: { status: 200, schema: pageOf(incident), description: "A page of incidents" },
    problems: [],
  },
  recordIncident: {
    method: "POST",
    path: "/v1/organisations/{id}/incidents",
    who: ["contract-managers"],
    summary: "Record an incident; it cannot be changed or taken away, only added to",
    tag,
    params: ofOrganisation,
    body: newIncident,
    idempotent: true,
    success: { status: 201, schema: incident, description: "Recorded" },
    problems: [],
  },
  listContacts: {
    method: "GET",
    path: "/v1/organisations/{id}/incidents/{incidentId}/contacts",
    who: operator,
    summary: "All contacts about an incident, the latest first",
    tag,
    params: z.strictObject({ id: organisationId, incidentId: givenId }),
    query: z.strictObject(pageQuery),
    success: { status: 200, schema: pageOf(contact), description: "A page of contacts" },
    problems: [],
  },
  logContact: {
    method: "POST",
    path: "/v1/organisations/{id}/incidents/{incidentId}/contacts",
    who: ["contract-managers"],
    summary: "Log a contact about an incident, or a correction to what is on record",
    tag,
    params: z.strictObject({ id: organisationId, incidentId: givenId }),
    body: newContact,
    idempotent: true,
    success: { status: 201, schema: incident, description: "The incident with the latest contacts about it" },
    problems: [],
  },
  listClosures: {
    method: "GET",
    path: "/v1/organisations/{id}/closures",
    who: operator,
    summary: "When and why access was closed and reopened, the newest first",
    tag,
    params: ofOrganisation,
    query: z.strictObject(pageQuery),
    success: { status: 200, schema: pageOf(closure), description: "A page of closures" },
    problems: [],
  },
  closeAccess: {
    method: "POST",
    path: "/v1/organisations/{id}/closures",
    who: ["contract-managers"],
    summary: "Close access for everyone of the organisation, at once, with the letter",
    tag,
    params: ofOrganisation,
    body: newClosure,
    idempotent: true,
    success: { status: 201, schema: closure, description: "Closed", headers: ["Location"] },
    problems: ["already-closed", "closure-not-grounded"],
  },
  getClosingLetter: {
    method: "GET",
    path: "/v1/organisations/{id}/closures/{closureId}/letter",
    who: operator,
    summary: "The closing letter as it went out; ask with `Accept: application/pdf`",
    tag,
    params: z.strictObject({ id: organisationId, closureId: givenId }),
    success: {
      status: 200,
      schema: null,
      description: "The letter, byte for byte the same each time",
      mediaType: "application/pdf",
    },
    problems: [],
  },
  reopenAccess: {
    method: "POST",
    path: "/v1/organisations/{id}/reopenings",
    who: ["contract-managers"],
    summary: "Open access again, with a letter",
    tag,
    params: ofOrganisation,
    body: newReopening,
    idempotent: true,
    success: { status: 201, schema: closure, description: "The closure, completed by its reopening" },
    problems: ["not-closed"],
  },
});

/** Not part of the API: only the page about access calls it. */
export const pageRoutes = defineRoutes({
  listUndelivered: {
    method: "GET",
    path: "/organisaties/{id}/toegang",
    who: operator,
    summary: "The letters about closures that did not arrive",
    tag,
    params: ofOrganisation,
    success: {
      status: 200,
      schema: z.object({ items: z.array(z.custom<UndeliveredLetter & { readonly closureId: string }>()) }),
      description: "By closure",
    },
    problems: [],
  },
});
