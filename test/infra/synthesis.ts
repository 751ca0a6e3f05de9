import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import type { TestProject } from "vitest/node";
import { describeApplication } from "../../infra/application.ts";
import { readConfiguration } from "../../infra/config.ts";
import { readRelease } from "../../infra/release.ts";

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
}

export interface Synthesised {
  readonly data: Template;
  readonly app: Template;
}

declare module "vitest" {
  interface ProvidedContext {
    synthesised: Record<"dev" | "acceptance" | "production" | "local", Synthesised>;
    /** The folder with the assemblies of the stages, each in a folder of its name. */
    assemblies: string;
    /** The output of the app. */
    output: string;
  }
}

const root = join(import.meta.dirname, "..", "..");

/** The context from cdk.json, and the CLI's setting that adds the paths by which tests find resources. */
async function cdkContext(): Promise<Record<string, unknown>> {
  const { context } = JSON.parse(await readFile(join(root, "cdk.json"), "utf8")) as { context: object };
  return { ...context, "aws:cdk:enable-path-metadata": true };
}

/** Runs the CDK app like the CLI does; returns its output and its exit code. */
export async function runApp(
  context: Readonly<Record<string, unknown>>,
  outdir: string,
): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...(await cdkContext()), ...context }),
  };
  const node = join(root, "node_modules", ".bin", "node");
  return new Promise((resolve) => {
    const app = execFile(node, ["infra/app.ts"], { cwd: root, env }, (_, stdout, stderr) => {
      resolve({ code: app.exitCode, output: stdout + stderr });
    });
  });
}

/** Synthesises the stages that tests use, once for the whole suite: production like the CLI does, with bundles. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outdir = await mkdtemp(join(tmpdir(), "portero-synth-"));
  const remove = () => rm(outdir, { recursive: true, force: true });
  try {
    const { code, output } = await runApp({ stage: "production" }, join(outdir, "production"));
    if (code !== 0) throw new Error(`Synthesis failed:\n${output}`);
    for (const [stage, more] of Object.entries(others)) {
      const context = { ...(await cdkContext()), stage, ...more };
      const app = new App({ context, outdir: join(outdir, stage) });
      describeApplication(app, readConfiguration(context), readRelease());
      app.synth();
    }
    project.provide("synthesised", {
      production: await read(outdir, "production"),
      dev: await read(outdir, "dev"),
      acceptance: await read(outdir, "acceptance"),
      local: await read(outdir, "local"),
    });
    project.provide("output", output);
    project.provide("assemblies", outdir);
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

const others = {
  dev: {},
  acceptance: {},
  local: { publicUrl: "http://127.0.0.1:3000", jwksOrigin: "http://127.0.0.1:9229" },
};

async function read(outdir: string, stage: string): Promise<Synthesised> {
  const template = async (stack: string) => {
    const path = join(outdir, stage, `${stage}-portero-${stack}.template.json`);
    return JSON.parse(await readFile(path, "utf8")) as Template;
  };
  return { data: await template("data"), app: await template("app") };
}
