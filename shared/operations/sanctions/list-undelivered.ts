import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { Operation } from "../kit/operation.ts";
import type { pageRoutes } from "./routes.ts";

/** The letters about an organisation's closures that did not arrive. */
export function listUndelivered({
  sanctions,
}: {
  sanctions: Pick<SanctionRepository, "closures">;
}): Operation<typeof pageRoutes.listUndelivered> {
  return async ({ params }) => {
    const closures = await sanctions.closures(params.id);
    const items = closures.flatMap(({ id, undelivered }) =>
      undelivered.map((letter) => ({ ...letter, closureId: id })),
    );
    return { body: { items }, dataAccess: { organisationId: params.id, detail: { what: "closures" } } };
  };
}
