import * as z from "zod/mini";
import { administratorsAndOperator, defineRoutes } from "../kit/route.ts";
import { described, organisationId, pageOf, pageQuery } from "../kit/schemas.ts";
import { auditEvent } from "./schemas.ts";
import { dayOrMoment, line } from "../kit/text-schemas.ts";

const lowerCase = (most: number) => line(most).check(z.toLowerCase());

export const routes = defineRoutes({
  listAuditEvents: {
    method: "GET",
    path: "/v1/organisations/{id}/audit-events",
    who: administratorsAndOperator,
    summary: "What was done at an organisation, by whom and with which outcome, newest first",
    tag: "Organisations",
    params: z.strictObject({ id: organisationId }),
    query: z.strictObject({
      from: z.optional(
        described(dayOrMoment(), "From this moment, or from the beginning of this day in the Netherlands."),
      ),
      to: z.optional(
        described(dayOrMoment(), "Before this moment, or until the end of this day in the Netherlands."),
      ),
      actor: z.optional(described(lowerCase(254), "The login name of who did it.")),
      subject: z.optional(
        described(lowerCase(254), "Whom or what it was about: a login name, or the id of something else."),
      ),
      ...pageQuery,
    }),
    success: {
      status: 200,
      schema: pageOf(auditEvent),
      description:
        "A page of events. `total` is counted with the first page, and is the same on all pages after it; of a period with more than 50,000 events it counts the newest 50,000. A page that looks for an actor or a subject in such a period can have fewer events than `limit`, or none: as long as there is a `next`, the list goes on",
    },
    problems: [],
  },
});
