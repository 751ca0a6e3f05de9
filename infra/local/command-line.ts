import { parseArgs } from "node:util";
import { HostError, messageOf } from "./host-error.ts";
import { isTrouble, type TroubleName, troubleNames, troubles } from "./troubles/troubles.ts";

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
  /** Troubles of the services around the app. */
  troubles: readonly TroubleName[];
}

export const usage =
  "npm start -- [--port <number>] [--reset] [-c <key>=<value>]... [--trouble <name>]... [--no-demo] [--state <directory>] [--app <command>] [--help]";

/** The options and the troubles, each with its meaning. */
export function help(): string {
  const width = Math.max(...troubleNames.map((name) => name.length));
  const listed = troubleNames.map((name) => `  ${name.padEnd(width)}  ${troubles[name].meaning}`);
  const end =
    "docs/operations.md tells for each trouble what users get, what is kept and which alarm goes off.";
  return ["Usage:", `  ${usage}`, "", "Troubles:", ...listed, "", end].join("\n");
}

/**
 * @returns null if help is asked for
 * @throws HostError naming what is wrong
 */
export function readCommandLine(args: string[]): CommandLine | null {
  const { port, reset, context, state = null, app = null, "no-demo": noDemo, ...others } = parse(args);
  if (others.help) return null;
  const pairs = context.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new HostError(`-c ${pair} is not of the form -c key=value. Usage: ${usage}`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw new HostError(`--port ${port} is not a port: it is a number from 1 to 65535.`);
  }
  const common = {
    reset,
    state,
    app,
    demo: !noDemo,
    context: Object.fromEntries(pairs),
    troubles: others.trouble.map(troubleOf),
  };
  return { ...common, port: port === undefined ? null : Number(port) };
}

function troubleOf(name: string): TroubleName {
  if (isTrouble(name)) return name;
  throw new HostError(`There is no trouble ${name}. There are: ${troubleNames.join(", ")}.`);
}

function parse(args: string[]) {
  try {
    const options = {
      port: { type: "string" },
      reset: { type: "boolean", default: false },
      "no-demo": { type: "boolean", default: false },
      state: { type: "string" },
      app: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
      trouble: { type: "string", multiple: true, default: [] as string[] },
      context: { type: "string", short: "c", multiple: true, default: [] as string[] },
    } as const;
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new HostError(`${messageOf(error).split(". ")[0] ?? ""}. Usage: ${usage}`);
  }
}
