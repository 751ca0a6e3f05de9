import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoUserImportRepository } from "../../shared/dynamodb/user-import-repository.ts";
import { carryOutImport } from "../../shared/operations/imports/carry-out-import.ts";
import { finishImports } from "../../shared/operations/imports/finish-imports.ts";
import { scheduledTime } from "../../shared/operations/jobs/scheduled-event.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { system } from "../../shared/runtime/system.ts";

const imports = new DynamoUserImportRepository(
  tablesFrom(readEnvironment(functionVariables["finish-imports"])),
);
const finish = finishImports({ imports, carryOut: carryOutImport({ imports, ...system }) });

export const handler = (event: unknown) => finish(scheduledTime(event));
