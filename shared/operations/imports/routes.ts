import * as z from "zod/mini";
import { defineRoutes } from "../kit/route.ts";
import type { ImportStanding } from "../../domain/user-import.ts";
import { described, organisationId } from "../kit/schemas.ts";
import { importReport, importRejection } from "./schemas.ts";

/** Less than API Gateway and Lambda pass on, and more than a thousand people with long remarks need. */
const mostBytes = 1_000_000;

export const routes = defineRoutes({
  importUsers: {
    method: "POST",
    path: "/v1/organisations/{id}/user-imports",
    who: ["own-administrators", "contract-managers"],
    summary: "Add up to 1,000 users from a CSV file, all of them or nobody",
    tag: "Users",
    params: z.strictObject({ id: organisationId }),
    query: z.strictObject({
      dryRun: z._default(
        z.pipe(
          described(
            z.enum(["true", "false"]),
            "Whether only to say what importing the file would do; `false` if it is not given.",
          ),
          z.transform((value) => value === "true"),
        ),
        false,
      ),
    }),
    text: {
      type: "text/csv",
      mostBytes,
      description:
        "A CSV file (RFC 4180) of up to 1 MB, with commas, semicolons or tabs between the columns, in UTF-8, UTF-16 with a byte order mark, or Windows-1252. A line `sep=;` may come first. The first line names the columns, in any order: `initials`, `firstName`, `infix`, `lastName`, `email`, `phone`, `fax` and `memo`, or `voorletters`, `voornaam`, `tussenvoegsel`, `achternaam`, `email` (or `e-mail`, `e-mailadres`), `telefoonnummer`, `faxnummer` and `memo`. `infix`, `phone`, `fax` and `memo` may be left out.",
    },
    idempotent: true,
    success: {
      status: 200,
      schema: importReport,
      description:
        "All users of the file are there, and each has got the welcome mail. With `dryRun=true` nothing has changed: this is what importing the file would do, wrong rows included",
    },
    problems: ["no-new-users", "import-rejected", "import-unfinished"],
    problemSchemas: { "import-rejected": importRejection },
  },
});

/** Not part of the API: only the page that follows an import calls these routes. */
export const pageRoutes = defineRoutes({
  viewImport: {
    method: "GET",
    path: "/organisaties/{id}/gebruikers-importeren/{key}",
    who: routes.importUsers.who,
    summary: "How an import stands that the caller began with this key",
    tag: "Users",
    params: z.strictObject({ id: organisationId, key: z.string() }),
    success: {
      status: 200,
      schema: z.object({ standing: z.nullable(z.custom<ImportStanding>()) }),
      description: "Null: it was never begun, came to nothing, or has been forgotten",
    },
    problems: [],
  },
});
