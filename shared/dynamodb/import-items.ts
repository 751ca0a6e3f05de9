import * as z from "zod/mini";
import { importStates, type PlannedUser, type UserImport } from "../domain/user-import.ts";
import { person, text, textOrNull } from "./attributes.ts";
import { ItemParser } from "./item-parser.ts";

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

/** Seconds since 1970 until which a completed import is remembered. */
export const forgottenImportItems = new ItemParser("import", z.object({ expireAt: z.optional(z.int()) }));

/** A group of people of an import that fits in one transaction; deleted once they are added. */
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
    users: z.array(z.object({ username: text, ...person })),
  }),
);
