import type { PageAction } from "../kit/page-action.ts";
import type { ImportOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";
import { carryOutImport } from "./carry-out-import.tsx";
import { downloadExample, previewImport, showImport } from "./preview-import.tsx";
import { showOutcome } from "./show-outcome.tsx";

export interface ImportDependencies extends ImportOperations {
  /** Makes what an import is known by; nobody else can guess it. */
  readonly newKey: () => string;
}

/** What answers each page. */
export function actionsFor(dependencies: ImportDependencies): Record<PageName, PageAction> {
  return {
    showImport: showImport(dependencies),
    previewImport: previewImport(dependencies),
    downloadExample,
    showOutcome: showOutcome(dependencies),
    importUsers: carryOutImport(dependencies),
  };
}
