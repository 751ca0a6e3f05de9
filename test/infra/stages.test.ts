import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { synthesised } from "./template.ts";

type Stage = "dev" | "acceptance" | "production";

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as {
  context: { stages: Record<Stage, Record<string, unknown>> };
};

/** A template with every value of the stage's configuration replaced by its key. */
function withoutConfiguration(stage: Stage): unknown {
  const own = context.stages[stage];
  let text = JSON.stringify(synthesised[stage]);
  // Names that contain a hash of their content.
  text = text
    .replaceAll(/(Deployment|CurrentVersion)[0-9A-F]{8}[0-9a-f]{32}/g, "$1")
    .replaceAll(/[0-9a-f]{64}\.zip/g, "asset.zip");
  text = text
    .replaceAll(/ApiPermission\w+/g, "ApiPermission")
    .replaceAll(/"aws:cdk:path":"[^"]*"/g, '"path":""');
  text = text.replaceAll(new RegExp(`${stage}-?portero`, "g"), "<stage>portero");
  // The dimension of our own metrics, the search for them on the dashboard, and the variable that names it.
  text = text
    .replaceAll(`"Value":"${stage}"`, '"Value":"<stage>"')
    .replaceAll(`"STAGE":"${stage}"`, '"STAGE":"<stage>"')
    .replaceAll(`\\"stage\\",\\"${stage}\\"`, "<stage>")
    .replaceAll(`stage=\\\\\\"${stage}`, "<stage>")
    .replaceAll(`"Amount":${String(own["dollarsPerMonth"])}`, '"Amount":0');
  text = text.replaceAll(/(Allow(?:Invoke|EventRule)<stage>\w+?)(?:[0-9A-F]{8}){1,2}"/g, '$1"');
  const texts = Object.entries(own).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  // The longest first, since one may contain another.
  const byLength = texts.toSorted(([, a], [, b]) => b.length - a.length);
  for (const [key, value] of byLength) text = text.replaceAll(value, `<${key}>`);
  text = text.replaceAll(String(own["sender"]).split("@")[1] ?? "", "<domain>");
  text = text.replaceAll(/"ReservedConcurrentExecutions":\d+,/g, "");
  text = text.replaceAll(`"RetentionInDays":${String(own["logRetentionDays"])}`, '"RetentionInDays":0');
  return JSON.parse(text);
}

it.each<Stage>(["dev", "acceptance"])(
  "production and %s differ in nothing but their configuration",
  (stage) => {
    expect(withoutConfiguration(stage)).toEqual(withoutConfiguration("production"));
  },
);
