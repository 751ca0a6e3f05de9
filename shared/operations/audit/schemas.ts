import * as z from "zod/mini";
import { auditActions, auditSubjectTypes } from "../../domain/audit.ts";
import { named, textOrNull } from "../kit/schemas.ts";
import { instant } from "../kit/text-schemas.ts";

export const auditEvent = named(
  "AuditEvent",
  "Who did what, on whom or what, when, from where, and what came of it; `text` says it in a sentence.",
  z.object({
    id: z.string(),
    at: instant,
    actor: z.nullable(z.object({ username: z.string(), organisationId: z.string() })),
    action: z.enum(auditActions),
    subject: z.object({ type: z.enum(auditSubjectTypes), id: z.string() }),
    outcome: z.enum(["done", "refused"]),
    address: textOrNull,
    requestId: textOrNull,
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    text: z.string(),
  }),
);
