import { DomainError } from "../../domain/errors.ts";
import type { LetterRepository } from "../../domain/ports/sanctions.ts";
import { letterFileNames } from "../../domain/sanction.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** The letter as it was sent; viewing it is recorded, because it names the signatory. */
export function getClosingLetter({
  letters,
}: {
  readonly letters: LetterRepository;
}): Operation<typeof routes.getClosingLetter> {
  return async ({ params: { id: organisationId, closureId } }) => {
    const letter = await letters.find(organisationId, closureId, "closing");
    if (!letter) throw new DomainError("not-found");
    return {
      body: letter,
      headers: { "Content-Disposition": `inline; filename="${letterFileNames.closing}"` },
      dataAccess: {
        organisationId,
        subject: { type: "closure", id: closureId },
        detail: { what: "letter" },
      },
    };
  };
}
