import * as z from "zod/mini";
import { textEncodings } from "../kit/decode-text.ts";
import { named, problem, textOrNull } from "../kit/schemas.ts";

const importFields = {
  dryRun: z.boolean(),
  created: z.int(),
  encoding: z.enum(textEncodings),
  rows: z.array(
    z.object({
      line: z.int(),
      username: textOrNull,
      name: textOrNull,
      email: textOrNull,
      errors: z.array(z.object({ field: textOrNull, code: z.string(), detail: z.string() })),
    }),
  ),
};

export const importReport = named(
  "ImportReport",
  "What an import did or would do, row by row. `line` is the line of the file on which a row begins, `username` the login name that its user gets, or null where the row does not say enough; `name` and `email` are its person, in a wrong row as the file has them. `encoding` is how the file was read. `field` is the column by its English name; null for what is wrong with a line as a whole.",
  z.object(importFields),
);

export const importRejection = named(
  "ImportRejection",
  "Why nobody has been imported. `rows` is the report; the pointers of `errors` name the same faults by the place of the row in it.",
  z.object({ ...problem.shape, ...importFields }),
);
