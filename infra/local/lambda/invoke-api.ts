import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { messageOf } from "../host-error.ts";
import type { LambdaPool } from "./lambda-pool.ts";

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** Serves Lambda's Invoke operation over HTTP: Cognito's trigger and `npm run job` call it through the AWS SDK. */
export function createInvokeApi(): { server: Server; serve: (pool: LambdaPool) => void } {
  let pool: LambdaPool | null = null;
  const server = createServer((request, response) => {
    const answered = pool
      ? answer(request, response, pool)
      : Promise.reject(new Error("the functions are not there yet"));
    answered.catch((error: unknown) => refuse(response, 500, "ServiceException", messageOf(error)));
  });
  return { server, serve: (functions) => (pool = functions) };
}

async function answer(request: IncomingMessage, response: ServerResponse, pool: LambdaPool): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const name = invocations.exec(path)?.[1];
  if (name === undefined || request.method !== "POST") {
    const target = request.headers["x-amz-target"] ?? path;
    refuse(
      response,
      501,
      "UnknownOperationException",
      `The local host has no stand-in for ${String(target)}`,
    );
    return;
  }
  const functionName = decodeURIComponent(name);
  const one = pool.find(functionName);
  const event = (await text(request)) || "{}";
  if (!one) {
    refuse(response, 404, "ResourceNotFoundException", `Function not found: ${functionName}`);
    return;
  }
  if (!isJson(event)) {
    refuse(response, 400, "InvalidRequestContentException", "Could not parse request body into json");
    return;
  }
  const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
  if (type === "DryRun") return void response.writeHead(204).end();
  if (type === "Event") {
    return void response.writeHead(202, { "x-amzn-RequestId": pool.invokeLater(functionName, event) }).end();
  }
  const { requestId, payload, functionError } = await one.invoke(event);
  response
    .writeHead(200, {
      "Content-Type": "application/json",
      "X-Amz-Executed-Version": "$LATEST",
      "x-amzn-RequestId": requestId,
      ...(functionError && { "X-Amz-Function-Error": functionError }),
    })
    .end(payload);
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(status, { "Content-Type": "application/json", "x-amzn-ErrorType": type })
    .end(JSON.stringify({ Type: "User", Message: message, message }));
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
