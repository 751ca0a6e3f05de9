import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * A small reader of CloudWatch Logs Insights' language: the commands and comparisons that the runbooks use. It tells
 * which lines a query finds, and which fields it shows.
 */

export interface LogQuery {
  /** The runbook that it stands in. */
  readonly runbook: string;
  readonly text: string;
  readonly conditions: readonly Condition[];
  /** All fields that it names, but for those that Logs Insights itself adds (`@timestamp`). */
  readonly fields: readonly string[];
}

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

export type LogLine = Readonly<Record<string, unknown>>;

/** The value of a field; Logs Insights writes the path of a nested one with dots. */
export function fieldOf(line: LogLine, field: string): unknown {
  return field.split(".").reduce<unknown>((part, key) => (part as LogLine | undefined)?.[key], line);
}

const fieldList = (text: string) => text.split(",").map((one) => one.trim());

/** @throws Error for a command or a condition that no runbook used until now: then this reader has to learn it */
function parse(runbook: string, text: string): LogQuery {
  const conditions: Condition[] = [];
  const fields: string[] = [];
  for (const command of text.split(/ \| |\n\s*\| ?/)) {
    const [, name = "", rest = ""] = /^(\w+) (.+)$/s.exec(command.trim()) ?? [];
    if (name === "fields") fields.push(...fieldList(rest));
    else if (name === "filter") conditions.push(...rest.split(" and ").map(condition));
    else if (name === "stats")
      fields.push(...fieldList(/^count\(\) by (.+)$/.exec(rest)?.[1] ?? unknown(rest)));
    else if (name === "sort") {
      const [, by = unknown(rest)] = /^(\S+) (?:asc|desc)$/.exec(rest) ?? [];
      if (by !== "count()") fields.push(by);
    } else if (name !== "limit") unknown(command);
  }
  fields.push(...conditions.map(({ field }) => field));
  return { runbook, text, conditions, fields: [...new Set(fields)].filter((one) => !one.startsWith("@")) };
}

function condition(text: string): Condition {
  const [, field = "", operator = "", value = unknown(text)] =
    /^(\S+) (=|>=|like|in) (".*"|\/.*\/|\[.*\]|\d+)$/.exec(text.trim()) ?? [];
  return { field, operator, value };
}

function unknown(text: string): never {
  throw new Error(`A part of a query that no runbook used until now: ${text}`);
}

/** @returns true if a query finds the line; a value such as `"<requestId>"`, for the reader to fill in, is any value */
export function finds({ conditions }: LogQuery, line: LogLine): boolean {
  return conditions.every(({ field, operator, value }) => {
    const found = fieldOf(line, field);
    if (found === undefined) return false;
    if (operator === "like") return new RegExp(value.slice(1, -1)).test(JSON.stringify(found));
    if (operator === "in") return (JSON.parse(value) as unknown[]).includes(found);
    if (operator === ">=") return Number(found) >= Number(value);
    return /^"<\w+>"$/.test(value) || JSON.stringify(found) === value;
  });
}

/** All queries in the runbooks: the blocks of code that begin with one of the language's commands. */
export function queriesOfRunbooks(): LogQuery[] {
  const folder = "docs/runbooks";
  return readdirSync(folder).flatMap((name) => {
    const blocks = readFileSync(join(folder, name), "utf8").matchAll(/```\n(.+?)\n *```/gs);
    return [...blocks]
      .map(([, block = ""]) => block.trim())
      .filter((block) => /^(?:fields|filter|stats) /.test(block))
      .map((block) => parse(name, block));
  });
}
