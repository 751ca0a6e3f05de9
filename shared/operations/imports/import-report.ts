import type * as z from "zod/mini";
import type { FieldError } from "../../domain/errors.ts";
import type { UserImport } from "../../domain/user-import.ts";
import type { importReport } from "./schemas.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import type { Language } from "../../texts/language.ts";
import type { ImportPlan } from "./plan-import.ts";

export type ImportReport = z.infer<typeof importReport>;

/** The report of a plan, in the caller's language; no user has been added. */
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

/** The report of a completed import. */
export function doneReport({ rows }: UserImport): ImportReport {
  return {
    dryRun: false,
    created: rows.length,
    rows: rows.map(({ line, username }) => ({ line, username, errors: [] })),
  };
}

/** The faults of a plan as field errors that point into its report. */
export function planErrors({ rows }: ImportPlan): FieldError[] {
  return rows.flatMap(({ faults }, index) =>
    faults.map(({ field, ...fault }) => ({
      ...fault,
      pointer: field === null ? `/rows/${index}` : `/rows/${index}/${escaped(field)}`,
    })),
  );
}

const escaped = (field: string) => field.replaceAll("~", "~0").replaceAll("/", "~1");
