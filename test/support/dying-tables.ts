import { inject } from "vitest";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";

const reading = new Set(["GetItemCommand", "BatchGetItemCommand", "QueryCommand"]);

/**
 * The same tables for a process that dies at its n-th write: nothing that it sends afterwards arrives.
 * @param last whether the write at which it dies still gets there, the answer being lost
 */
export function dyingTables(tables: Tables, writes: number, last: "arrives" | "is lost"): Tables {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const endpoint = inject("dynamodbEndpoint");
  const client = createDocumentClient({ endpoint, region: "eu-west-1", credentials });
  let left = writes;
  let dead = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (dead) throw new Error("The process has died");
      if (!reading.has(String(context["commandName"]))) {
        if (left === 0) {
          dead = true;
          if (last === "arrives") await next(args);
          throw new Error("The process dies");
        }
        left -= 1;
      }
      return next(args);
    },
    { step: "initialize", name: "die" },
  );
  return { ...tables, client };
}
