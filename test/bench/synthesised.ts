import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAssembly } from "../../infra/local/template/assembly.ts";
import { Catalogue } from "../../infra/local/template/catalogue.ts";
import { functionSettings } from "../../infra/local/lambda/function-settings.ts";
import { State } from "../../infra/local/state.ts";
import { synthesise } from "../../infra/local/template/synthesis.ts";

/** A function as the template describes it. */
export interface SynthesisedFunction {
  /** The folder of the function. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

const nowhere = "http://127.0.0.1:1";

/** Builds the bundles and synthesises the app; nothing of it runs. */
export async function synthesisedFunctions(): Promise<SynthesisedFunction[]> {
  const directory = mkdtempSync(join(tmpdir(), "portero-"));
  try {
    const output = join(directory, "cdk.out");
    const context = ["stage=local", `publicUrl=${nowhere}`, `jwksOrigin=${nowhere}`];
    await synthesise({ output, context, signal: new AbortController().signal });
    const assembly = await readAssembly(output);
    // Emulators would have given these names.
    const pools = assembly.stacks.flatMap(({ name, template }) =>
      Object.entries(template.Resources ?? {})
        .filter(([, { Type }]) => Type.startsWith("AWS::Cognito::"))
        .map(([logicalId]) => [`${name}/${logicalId}`, logicalId]),
    );
    const catalogue = new Catalogue(assembly, Object.fromEntries(pools) as Record<string, string>, nowhere);
    const addresses = { dynamodbUrl: nowhere, cognitoUrl: nowhere, mailUrl: nowhere, invokeUrl: nowhere };
    return catalogue.ofType("AWS::Lambda::Function").flatMap((found) => {
      const parts = { catalogue, state: new State(directory), endpoints: addresses };
      const { environment } = functionSettings(found, parts);
      const name = environment["POWERTOOLS_SERVICE_NAME"];
      return name === undefined ? [] : [{ name, environment }];
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
