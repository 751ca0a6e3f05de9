import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/* The CDK app, but for its patience with what a stream's function fails on: a minute in place of a day. */

const app = join(import.meta.dirname, "..", "..", "infra", "app.ts");
const { status } = spawnSync(process.execPath, [app], { stdio: "inherit" });
const folder = process.env["CDK_OUTDIR"] ?? "";
for (const name of readdirSync(folder).filter((file) => file.endsWith(".template.json"))) {
  const template = readFileSync(join(folder, name), "utf8");
  writeFileSync(
    join(folder, name),
    template.replaceAll(/("MaximumRecordAgeInSeconds": )\d+/g, (_, key: string) => `${key}60`),
  );
}
process.exitCode = status ?? 1;
