import * as z from "zod/mini";
import { importStates, type PlannedUser, type UserImport } from "../domain/user-import.ts";
import { ItemParser } from "./items.ts";

const text = z.string();
const textOrNull = z.nullable(text);

export const importItems = new ItemParser<UserImport>(
  "import",
  z.object({
    id: text,
    organisationId: text,
    fingerprint: text,
    origin: z.object({
      actor: z.nullable(z.object({ username: text, organisationId: text })),
      address: textOrNull,
      requestId: textOrNull,
    }),
    at: text,
    state: z.enum(importStates),
    rows: z.array(z.object({ line: z.int(), username: text })),
  }),
);

/** Until when an import that was carried out is remembered, in seconds since 1970. */
export const forgottenImportItems = new ItemParser("import", z.object({ expireAt: z.optional(z.int()) }));

/** Some of the people of an import, as many as one transaction takes; it is gone once they are there. */
export interface ImportPart {
  readonly part: number;
  readonly state: "planned" | "reserved";
  readonly users: readonly PlannedUser[];
}

export const importPartItems = new ItemParser<ImportPart>(
  "part of an import",
  z.object({
    part: z.int(),
    state: z.enum(["planned", "reserved"]),
    users: z.array(
      z.object({
        username: text,
        initials: text,
        firstName: text,
        infix: textOrNull,
        lastName: text,
        email: text,
        phone: textOrNull,
        fax: textOrNull,
        memo: textOrNull,
      }),
    ),
  }),
);
