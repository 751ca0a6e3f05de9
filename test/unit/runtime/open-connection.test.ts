import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { openConnection } from "../../../shared/runtime/open-connection.ts";

/** Milliseconds that each new connection takes before its first request is answered. */
const slow = 300;

/** A service that counts its connections. */
async function service() {
  const connections = new Set<unknown>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const isNew = !connections.has(request.socket);
    connections.add(request.socket);
    requests.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => {
      setTimeout(
        () => response.writeHead(200, { "Content-Type": "application/json" }).end("{}"),
        isNew ? slow : 0,
      );
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    ...{ endpoint, region: "eu-west-1", maxAttempts: 1 },
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return { client, connections, requests, server };
}
const get = new GetItemCommand({ TableName: "Table", Key: { PK: { S: "1" } } });

it("the first request goes over the connection that was opened before it", async () => {
  const { client, connections, requests, server } = await service();
  openConnection(client, GetItemCommand);
  await expect.poll(() => requests).toEqual(["GET /"]);
  await new Promise((resolve) => setTimeout(resolve, 2 * slow));
  const before = performance.now();
  await client.send(get);
  const waited = performance.now() - before;
  console.log(`a first request: ${waited.toFixed(0)} ms, where a new connection takes ${slow} ms more`);
  expect([connections.size, requests]).toEqual([1, ["GET /", "POST /"]]);
  server.close();
  client.destroy();
});

it("a service that cannot be reached is no error until it is called", async () => {
  const { client, server } = await service();
  server.close();
  openConnection(client, GetItemCommand);
  await expect(client.send(get)).rejects.toThrow("ECONNREFUSED");
  client.destroy();
});
