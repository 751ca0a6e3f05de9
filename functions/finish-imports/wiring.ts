import * as z from "zod/mini";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoUserImportRepository } from "../../shared/dynamodb/user-import-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { logger } from "../../shared/runtime/logging.ts";
import { system } from "../../shared/runtime/system.ts";
import { carryOutImport } from "../../shared/operations/imports/carry-out-import.ts";
import { finishImports, type FinishImportsResult } from "../../shared/operations/imports/finish-imports.ts";

/** Of EventBridge's scheduled event, the only part that matters. */
const eventSchema = z.object({ time: z.iso.datetime({ offset: true }) });

export function wire(
  environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME">,
): (event: unknown) => Promise<FinishImportsResult> {
  const imports = new DynamoUserImportRepository(tablesFrom(environment));
  const carryOut = carryOutImport({ imports, ...system });
  const finish = finishImports({ imports, carryOut });
  return async (event) => {
    const result = await finish(new Date(z.parse(eventSchema, event).time));
    if (result.completed + result.undone > 0) logger.info("imports finished", { result });
    return result;
  };
}
