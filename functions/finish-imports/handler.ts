import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoRefusedActs } from "../../shared/dynamodb/refused-acts.ts";
import { DynamoUserImportRepository } from "../../shared/dynamodb/user-import-repository.ts";
import { recordRefusedActTotals } from "../../shared/operations/audit/record-refused-act-totals.ts";
import { carryOutImport } from "../../shared/operations/imports/carry-out-import.ts";
import { finishImports } from "../../shared/operations/imports/finish-imports.ts";
import { scheduledTime } from "../../shared/operations/jobs/scheduled-event.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { system } from "../../shared/runtime/system.ts";

const tables = tablesFrom(readEnvironment(functionVariables["finish-imports"]));
const imports = new DynamoUserImportRepository(tables);
const finish = finishImports({ imports, carryOut: carryOutImport({ imports, ...system }) });
const recordTotals = recordRefusedActTotals({ totals: new DynamoRefusedActs(tables) });

/** The totals do not wait for imports that cannot be finished. */
export const handler = async (event: unknown) => {
  const now = scheduledTime(event);
  try {
    return await finish(now);
  } finally {
    await recordTotals(now);
  }
};
