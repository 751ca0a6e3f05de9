import type * as z from "zod/mini";
import type { FieldError } from "../../domain/errors.ts";
import type { UserImport } from "../../domain/user-import.ts";
import type { importReport } from "../kit/schemas.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import type { Language } from "../../texts/language.ts";
import type { ImportPlan } from "./plan-import.ts";

export type ImportReport = z.infer<typeof importReport>;

/** What a plan comes to, in the words of its reader; nobody has been added. */
export function planReport({ rows }: ImportPlan, dryRun: boolean, language: Language): ImportReport {
  return {
    dryRun,
    created: 0,
    rows: rows.map(({ line, username, faults }) => ({
      line,
      username,
      errors: faults.map((fault) => ({
        field: fault.field,
        code: fault.code,
        detail: fieldErrorText(fault, language),
      })),
    })),
  };
}

/** What an import has done. */
export function doneReport({ rows }: UserImport): ImportReport {
  return {
    dryRun: false,
    created: rows.length,
    rows: rows.map(({ line, username }) => ({ line, username, errors: [] })),
  };
}

/** The same faults by their place in the report. */
export function planErrors({ rows }: ImportPlan): FieldError[] {
  return rows.flatMap(({ faults }, index) =>
    faults.map(({ field, ...fault }) => ({
      ...fault,
      pointer: field === null ? `/rows/${index}` : `/rows/${index}/${escaped(field)}`,
    })),
  );
}

const escaped = (field: string) => field.replaceAll("~", "~0").replaceAll("/", "~1");
