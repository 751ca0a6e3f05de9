import { inject } from "vitest";
import { DomainError } from "../../shared/domain/errors.ts";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";

const reading = new Set(["GetItemCommand", "BatchGetItemCommand", "QueryCommand"]);

/**
 * The same tables for a process whose writes are throttled from the n-th on, while reads still work: its operation
 * stops half-way, and the process lives on to report it.
 */
export function throttledTables(tables: Tables, writes: number): Tables {
  const client = clientOfTheEmulator();
  let left = writes;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (reading.has(String(context["commandName"]))) return next(args);
      left -= 1;
      if (left < 0) throw new DomainError("temporarily-unavailable");
      return next(args);
    },
    { step: "initialize", name: "throttle" },
  );
  return { ...tables, client };
}

function clientOfTheEmulator() {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const endpoint = inject("dynamodbEndpoint");
  return createDocumentClient({ endpoint, region: "eu-west-1", credentials });
}

/**
 * The same tables for a process that dies at its n-th write: later requests never arrive.
 * @param last says if that write still succeeds, with its response lost
 */
export function dyingTables(tables: Tables, writes: number, last: "arrives" | "is lost"): Tables {
  const client = clientOfTheEmulator();
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
