import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FileSystem } from "aws-cdk-lib";
import { resourcesOf, type PlannedStack } from "./template.ts";

/** Files that are missing, or have changed since the templates were made. */
export function damagedAssets({ name, assets }: PlannedStack): string[] {
  return [...assets.values()].flatMap(({ path, packaging, id }) => {
    if (!existsSync(path)) return [`${name}: the file ${id} is not there.`];
    const digest =
      packaging === "zip"
        ? FileSystem.fingerprint(path)
        : createHash("sha256").update(readFileSync(path)).digest("hex");
    return digest === id ? [] : [`${name}: the file ${id} has been changed.`];
  });
}

/** Functions that would be deployed without code, or without the file of their handler. */
export function functionsWithoutCode({ name, template, assets }: PlannedStack): string[] {
  return resourcesOf(template, "AWS::Lambda::Function").flatMap(([id, { Code, Handler }]) => {
    const { S3Key } = (Code ?? {}) as { S3Key?: unknown };
    const asset = assets.get(String(S3Key));
    if (!asset) return [`${name}: the code of ${id} is not among the files.`];
    const module = String(Handler).split(".")[0] ?? "";
    const found = [".mjs", ".cjs", ".js"].some((ending) => existsSync(join(asset.path, module + ending)));
    return found ? [] : [`${name}: ${id} is started with ${String(Handler)}, which its code does not have.`];
  });
}
