import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import * as z from "zod/mini";
import { HelpWanted, OperationError } from "./installation.ts";

/** A script for operators: its options beside `--stage` and `--help`, which all have. */
export interface Script<Options extends ParseArgsOptionsConfig> {
  /** The command, such as `npm run redrive`. */
  readonly command: string;
  /** One sentence: the script's work, and that it changes nothing if so. */
  readonly purpose: string;
  /** The positional arguments, such as `<job>`; none if left out. */
  readonly positionals?: string;
  readonly options: Options;
  /** Each option with its value, and a few words on it, for `--help`. */
  readonly help: { readonly [Option in keyof Options]: string };
}

const commonOptions = {
  stage: { type: "string" },
  state: { type: "string" },
} as const;

const commonHelp = [
  "--stage <stage>     the deployed stage, as cdk.json names it; without it the app on this machine",
  "--help              this text",
];

/**
 * Reads the command line of a script, before the script does anything.
 * @throws HelpWanted, OperationError naming an unknown option or argument
 */
export function readScriptOptions<Options extends ParseArgsOptionsConfig>(
  script: Script<Options>,
  args: string[],
) {
  if (args.includes("--help")) throw new HelpWanted(helpOf(script));
  const parsed = parse(script, args);
  if (script.positionals === undefined && parsed.positionals.length > 0)
    throw new OperationError(`"${parsed.positionals.join(" ")}" is not an option. ${hint(script)}`);
  return parsed;
}

function parse<Options extends ParseArgsOptionsConfig>(script: Script<Options>, args: string[]) {
  try {
    const options = { ...commonOptions, ...script.options };
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    throw new OperationError(`${reason.replace(/\.$/, "")}. ${hint(script)}`);
  }
}

export const hint = ({ command }: Pick<Script<ParseArgsOptionsConfig>, "command">) =>
  `${command} -- --help says what there is.`;

function helpOf({ command, purpose, positionals, help }: Script<ParseArgsOptionsConfig>): string {
  const usage = [command, "--", ...(positionals === undefined ? [] : [positionals]), "[options]"].join(" ");
  const lines = [...Object.values(help), ...commonHelp].map((line) => `  ${line}`);
  return [usage, "", purpose, "", ...lines].join("\n");
}

/**
 * A moment in RFC 3339, as an option names it.
 * @throws OperationError for any other text
 */
export function momentOf(option: string, text: string): Date {
  if (!z.safeParse(z.iso.datetime({ offset: true }), text.toUpperCase()).success)
    throw new OperationError(`${option} ${text} is not a time such as 2026-11-22T05:00:00Z.`);
  return new Date(text.toUpperCase());
}

/** A whole number of minutes from 0 on. @throws OperationError for any other text */
export const minutesOf = (option: string, text: string) => wholeNumberOf(option, text, "minutes");

/** A whole number of days from 0 on. @throws OperationError for any other text */
export const daysOf = (option: string, text: string) => wholeNumberOf(option, text, "days");

function wholeNumberOf(option: string, text: string, unit: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new OperationError(`${option} ${text} is not a number of ${unit}.`);
  return Number(text);
}
