import { parseArgs } from "node:util";
import { HostError, messageOf } from "./host-error.ts";

export interface CommandLine {
  port: number | null;
  reset: boolean;
  /** Configuration by key, as given with `-c key=value`. */
  context: Record<string, string>;
  /** Folder for the state, if not `.portero`. */
  state: string | null;
  /** The command that is the CDK app, if not the one in cdk.json. */
  app: string | null;
  /** Fills an empty state with the demonstration. */
  demo: boolean;
}

export const usage =
  "npm start -- [--port <number>] [--reset] [-c <key>=<value>]... [--no-demo] [--state <directory>] [--app <command>]";

/** @throws HostError naming what is wrong */
export function readCommandLine(args: string[]): CommandLine {
  const { port, reset, context, state = null, app = null, "no-demo": noDemo } = parse(args);
  const pairs = context.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new HostError(`-c ${pair} is not of the form -c key=value. Usage: ${usage}`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw new HostError(`--port ${port} is not a port: it is a number from 1 to 65535.`);
  }
  const common = { reset, state, app, demo: !noDemo, context: Object.fromEntries(pairs) };
  return { ...common, port: port === undefined ? null : Number(port) };
}

function parse(args: string[]) {
  try {
    const options = {
      port: { type: "string" },
      reset: { type: "boolean", default: false },
      "no-demo": { type: "boolean", default: false },
      state: { type: "string" },
      app: { type: "string" },
      context: { type: "string", short: "c", multiple: true, default: [] as string[] },
    } as const;
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new HostError(`${messageOf(error).split(". ")[0] ?? ""}. Usage: ${usage}`);
  }
}
