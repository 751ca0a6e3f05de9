import { DomainError } from "../../domain/errors.ts";
import type { LetterRepository } from "../../domain/sanction-ports.ts";
import { letterFileNames } from "../../domain/sanction.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

/** The letter as it went out; it names the signatory, so that looking at it leaves a trace. */
export function getClosingLetter(
  dependencies: TraceViewDependencies & { readonly letters: LetterRepository },
): Operation<typeof routes.getClosingLetter> {
  const noteView = traceView(dependencies);
  return async ({ params: { id: organisationId, closureId }, origin }) => {
    const letter = await dependencies.letters.find(organisationId, closureId, "closing");
    if (!letter) throw new DomainError("not-found");
    const subject = { type: "closure", id: closureId } as const;
    await noteView({ origin, organisationId, subject, detail: { what: "letter" } });
    const disposition = `inline; filename="${letterFileNames.closing}"`;
    return { body: letter, headers: { "Content-Disposition": disposition } };
  };
}
