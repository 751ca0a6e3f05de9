import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { momentOfBackup } from "../../../infra/operations/backup-moment.ts";

/** Answers as AWS Backup does: times are seconds since 1970. */
const server = createServer(({ url = "" }, response) => {
  const known = url.endsWith("recovery-point%3Aknown");
  response.setHeader("Content-Type", "application/json");
  if (!known) response.setHeader("x-amzn-errortype", "ResourceNotFoundException");
  response.writeHead(known ? 200 : 400);
  response.end(known ? '{"CreationDate":1796000000.5}' : '{"message":"Recovery point cannot be found"}');
});
const installation = {
  outputs: { BackupVault: "production-portero-backups" },
  client: { region: "eu-west-1", credentials: { accessKeyId: "x", secretAccessKey: "x" } },
  endpoints: {},
  local: false,
};

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  process.env["AWS_ENDPOINT_URL_BACKUP"] = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  delete process.env["AWS_ENDPOINT_URL_BACKUP"];
  server.close();
});

const arn = (id: string) => `arn:aws:backup:eu-west-1:000000000000:recovery-point:${id}`;

it("a backup stands for the moment at which it was made", async () => {
  expect(await momentOfBackup(arn("known"), installation)).toBe("2026-11-30T00:53:20.500Z");
});

it("a backup that is not in the vault is named", async () => {
  const missing = momentOfBackup(arn("other"), installation);
  await expect(missing).rejects.toThrow(
    `The vault production-portero-backups has no recovery point ${arn("other")}.`,
  );
});
