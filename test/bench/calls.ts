import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ServiceProxy, type ServiceCall } from "../support/service-proxy.ts";
import { OwnStack } from "../support/stack.ts";
import { EveryRoute } from "./every-route.ts";

/** The cost of one request of a kind once its functions are warm. */
export interface CallFigures {
  readonly request: string;
  /** Round trips to the tables, the token trigger's included. */
  readonly table: number;
  readonly cognito: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly scans: number;
  readonly logBytes: number;
  /** The calls that only the first request to a container makes. */
  readonly onceMore: readonly string[];
}

/** Work that goes on by itself beside the requests. */
const background = new Set(["send-mail", "mail-feedback", "finish-imports"]);

/** Sends each kind of request twice, on the real local stack, and counts the second. */
export async function measureCalls(progress: (request: string) => void = () => undefined) {
  const proxy = await ServiceProxy.start();
  const stack = await OwnStack.start({}, { detour: proxy.detour });
  try {
    const every = await EveryRoute.prepare(stack);
    const figures: CallFigures[] = [];
    const requests = { ...every.requests, ...(await every.pages()) };
    for (const [request, prepare] of Object.entries(requests)) {
      progress(request);
      const first = await measured(await prepare(), { every, proxy, stack });
      const warm = await measured(await prepare(), { every, proxy, stack });
      figures.push(figuresOf(request, warm, first));
    }
    return { figures, all: [...proxy.calls] };
  } finally {
    await stack.stop();
    await proxy.stop();
  }
}

interface Measured {
  readonly calls: readonly ServiceCall[];
  readonly logBytes: number;
}

interface Surroundings {
  readonly every: EveryRoute;
  readonly proxy: ServiceProxy;
  readonly stack: OwnStack;
}

async function measured(
  prepared: Parameters<EveryRoute["send"]>[0],
  { every, proxy, stack }: Surroundings,
): Promise<Measured> {
  const before = await logSize(stack);
  const { calls } = await proxy.during(() => every.send(prepared));
  let after = await logSize(stack);
  // Every request of the API leaves a line, which a busy machine writes late.
  const leavesLine = prepared.path.startsWith("/v1/");
  for (let look = 1; leavesLine && after === before && look <= 100; look += 1) after = await logSize(stack);
  return { calls: calls.filter(({ by }) => !background.has(by)), logBytes: after - before };
}

/** Bytes in the logs of the functions that answer requests, once what was on its way is written. */
async function logSize(stack: OwnStack): Promise<number> {
  await sleep(60);
  const folder = join(stack.directory, "logs");
  const others = /^(?:dynamodb|cognito|ses)\.log$|^(?:SendMail|MailFeedback|FinishImports)/i;
  const names = readdirSync(folder).filter((name) => !others.test(name));
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function figuresOf(request: string, warm: Measured, first: Measured): CallFigures {
  const { calls, logBytes } = warm;
  const sum = (unit: "readUnits" | "writeUnits") => calls.reduce((total, call) => total + call[unit], 0);
  const operations = ({ calls: all }: Measured) => all.map(({ operation }) => operation);
  const onceMore = operations(first);
  for (const operation of operations(warm)) {
    const place = onceMore.indexOf(operation);
    if (place >= 0) onceMore.splice(place, 1);
  }
  return {
    request,
    table: calls.filter(({ service }) => service === "dynamodb").length,
    cognito: calls.filter(({ service }) => service === "cognito").length,
    ...{ readUnits: sum("readUnits"), writeUnits: sum("writeUnits") },
    scans: calls.filter(({ operation }) => operation === "Scan").length,
    ...{ logBytes, onceMore },
  };
}
