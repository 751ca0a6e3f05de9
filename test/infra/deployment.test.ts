import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import { rehearse } from "../../infra/rehearsal/rehearse.ts";

const assemblies = inject("assemblies");

interface Template {
  readonly Resources: Record<
    string,
    { Type: string; Properties: Record<string, unknown>; DependsOn?: string[] }
  >;
  readonly Outputs: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

describe("a deployment, rehearsed with the synthesised assembly alone", () => {
  it.each(["dev", "acceptance", "production"])("goes well for %s", (stage) => {
    expect(rehearse(join(assemblies, stage))).toEqual([]);
  });

  let copy = "";
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  /** A copy of production's assembly, in which one template has been changed. */
  function changed(stack: "data" | "app", change: (template: Template) => void): string {
    copy = mkdtempSync(join(tmpdir(), "portero-rehearsal-"));
    cpSync(join(assemblies, "production"), copy, { recursive: true });
    const path = join(copy, `production-portero-${stack}.template.json`);
    const template = JSON.parse(readFileSync(path, "utf8")) as Template;
    change(template);
    writeFileSync(path, JSON.stringify(template));
    return copy;
  }

  const idOf = ({ Resources }: Template, type: string) =>
    Object.keys(Resources).find((id) => Resources[id]?.Type === type) ?? "";
  const first = (template: Template, type: string) => template.Resources[idOf(template, type)]!;

  it.each<[string, "data" | "app", (template: Template) => void, RegExp]>([
    [
      "a name that nothing has",
      "app",
      (template) =>
        (first(template, "AWS::ApiGateway::Deployment").Properties["RestApiId"] = { Ref: "Nothing" }),
      /refers to Nothing, which is not there/,
    ],
    [
      "resources that wait for each other",
      "data",
      (template) =>
        (first(template, "AWS::DynamoDB::Table").DependsOn = [idOf(template, "AWS::Lambda::Function")]),
      / → .* is a circle/,
    ],
    [
      "a value that no stack exports",
      "data",
      ({ Outputs }) => {
        for (const output of Object.values(Outputs)) output.Export = { Name: "elsewhere" };
      },
      /no stack that is deployed before it exports/,
    ],
    [
      "an output that others rely on and that is gone",
      "app",
      (template) => delete template.Outputs["JobDeactivateInactive"],
      /the output JobDeactivateInactive is missing/,
    ],
    [
      "a custom resource that nobody answers for",
      "app",
      (template) =>
        (first(template, "Custom::Trigger").Properties["ServiceToken"] = "arn:aws:lambda:elsewhere"),
      /no function of the stack answers for/,
    ],
    [
      "more resources than a stack may have",
      "app",
      (template) => {
        const one = first(template, "AWS::SQS::Queue");
        for (let number = 0; number < 500; number += 1) template.Resources[`Queue${number}`] = one;
      },
      /the number of its resources is \d+, and AWS takes 500/,
    ],
    [
      "variables that no function can hold",
      "app",
      (template) => {
        const { Environment } = first(template, "AWS::Lambda::Function").Properties as {
          Environment: { Variables: Record<string, string> };
        };
        Environment.Variables["SETTINGS"] = "x".repeat(4_096);
      },
      /the environment of \w+ is \d+, and AWS takes 4096/,
    ],
    [
      "more callers than a function can name",
      "app",
      (template) => {
        const one = first(template, "AWS::Lambda::Permission");
        for (let number = 0; number < 60; number += 1) template.Resources[`Permission${number}`] = one;
      },
      /what says who may call \w+ is \d+, and AWS takes 20480/,
    ],
    [
      "a property that there is none of",
      "data",
      (template) => (first(template, "AWS::Cognito::UserPool").Properties["Tier"] = "ESSENTIALS"),
      /Tier/,
    ],
    [
      "an attribute that the type does not have",
      "data",
      (template) =>
        (template.Outputs["TableName"] = {
          Value: { "Fn::GetAtt": [idOf(template, "AWS::DynamoDB::Table"), "Nmae"] },
        }),
      /Nmae/,
    ],
    [
      "a function that its code does not have",
      "app",
      (template) => (first(template, "AWS::Lambda::Function").Properties["Handler"] = "main.handler"),
      /is started with main\.handler, which its code does not have/,
    ],
  ])("notices %s", (_, stack, change, sentence) => {
    expect(rehearse(changed(stack, change)).join("\n")).toMatch(sentence);
  });

  it("notices a template that was changed after synthesis", () => {
    const directory = changed("app", ({ Outputs }) => delete Outputs["DkimRecord1"]);
    expect(rehearse(directory)).toEqual([expect.stringMatching(/the file [0-9a-f]{64} has been changed/)]);
  });

  it("notices code that is missing, and code that was changed", () => {
    const directory = changed("app", () => undefined);
    const [gone, other] = readdirSync(directory).filter((name) => name.startsWith("asset."));
    rmSync(join(directory, gone ?? ""), { recursive: true });
    writeFileSync(join(directory, other ?? "", "more.mjs"), "");
    const sentences = rehearse(directory).join("\n");
    expect(sentences).toContain(`the file ${gone?.slice("asset.".length)} is not there`);
    expect(sentences).toContain(`the file ${other?.slice("asset.".length)} has been changed`);
  });
});
