import type * as z from "zod/mini";
import type { FieldError } from "../../domain/errors.ts";
import type { UserImport } from "../../domain/user-import.ts";
import type { importReport } from "./schemas.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import type { Language } from "../../texts/language.ts";
import type { TextEncoding } from "../kit/decode-text.ts";
import { peopleByLine, type ImportPlan } from "./plan-import.ts";

export type ImportReport = z.infer<typeof importReport>;

/** The report of a plan, in the caller's language; no user has been added. */
export function planReport(
  { rows }: ImportPlan,
  dryRun: boolean,
  { language, encoding }: { readonly language: Language; readonly encoding: TextEncoding },
): ImportReport {
  return {
    dryRun,
    created: 0,
    encoding,
    rows: rows.map(({ faults, ...row }) => ({
      ...row,
      errors: faults.map((fault) => ({
        field: fault.field,
        code: fault.code,
        detail: fieldErrorText(fault, language),
      })),
    })),
  };
}

/** The report of a completed import, with the names and addresses of its file. */
export function doneReport(
  { rows }: UserImport,
  { body, encoding }: { readonly body: string; readonly encoding: TextEncoding },
): ImportReport {
  const people = peopleByLine(body);
  return {
    dryRun: false,
    created: rows.length,
    encoding,
    rows: rows.map(({ line, username }) => ({
      line,
      username,
      ...(people.get(line) ?? { name: null, email: null }),
      errors: [],
    })),
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
