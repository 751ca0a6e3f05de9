import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { proxyAnswer } from "../../../infra/local/gateway/proxy-answer.ts";
import { LambdaFunction } from "../../../infra/local/lambda/lambda-function.ts";

let directory: string;
let lambda: LambdaFunction;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "portero-lambda-"));
  writeFileSync(
    join(directory, "index.mjs"),
    'export const handler = ({ bytes }) => "é".repeat((bytes - 2) / 2);',
  );
  lambda = new LambdaFunction({
    directory,
    handler: "index.handler",
    functionName: "echo",
    functionArn: "arn:aws:lambda:eu-west-1:000000000000:function:echo",
    memorySize: 256,
    logicalId: "Echo",
    timeoutSeconds: 10,
    environment: {},
    logFile: join(directory, "echo.log"),
  });
});
afterAll(async () => {
  await lambda.stop();
  rmSync(directory, { recursive: true, force: true });
});

it("an answer of 6 MB passes, and a longer one is an error as on Lambda, which the gateway answers 502", async () => {
  const most = 6_291_556;
  const passed = await lambda.invoke(JSON.stringify({ bytes: most }));
  expect([Buffer.byteLength(passed.payload), passed.functionError]).toEqual([most, undefined]);
  const refused = await lambda.invoke(JSON.stringify({ bytes: most + 2 }));
  expect(refused.functionError).toBe("Unhandled");
  expect(JSON.parse(refused.payload)).toMatchObject({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${most} bytes).`,
  });
  expect(() => proxyAnswer(refused, false)).toThrow(expect.objectContaining({ status: 502 }));
});
