import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { afterAll, expect, it, vi } from "vitest";
import { describeApplication } from "../../infra/application.ts";
import { readConfiguration } from "../../infra/config.ts";

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
const outdir = mkdtempSync(join(tmpdir(), "portero-nag-"));
afterAll(() => rmSync(outdir, { recursive: true }));

it("synthesis fails over every finding of cdk-nag without an acknowledged reason", () => {
  const app = new App({ context, outdir });
  describeApplication(app, readConfiguration(context), { version: "1.0.0", commit: "test" });
  new Topic(new Stack(app, "careless"), "Topic");
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(() => app.synth()).toThrow(/careless\/Topic[^]*AwsSolutions-SNS3/);
  printed.mockRestore();
});
