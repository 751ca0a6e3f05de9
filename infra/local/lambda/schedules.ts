import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import type { LambdaPool } from "./lambda-pool.ts";

const RuleProperties = z.looseObject({
  ScheduleExpression: z.string(),
  State: z.literal("ENABLED"),
  Targets: z.array(
    // The retry policy repeats the function's own settings, which the pool applies.
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      DeadLetterConfig: z.optional(z.unknown()),
      RetryPolicy: z.optional(z.unknown()),
    }),
  ),
});

interface Rule {
  found: Found;
  schedule: Schedule;
  targets: string[];
}

/** EventBridge rules with a schedule; times that pass while the host is not running are skipped. */
export class Schedules {
  readonly #rules: Rule[];
  readonly #catalogue: Catalogue;
  readonly #pool: LambdaPool;
  #timer: NodeJS.Timeout | null = null;

  /** @throws HostError for a rule that the local host does not support */
  constructor(catalogue: Catalogue, pool: LambdaPool) {
    this.#catalogue = catalogue;
    this.#pool = pool;
    this.#rules = catalogue.ofType("AWS::Events::Rule").map((found) => {
      const { ScheduleExpression, Targets } = catalogue.parse(found, RuleProperties);
      const targets = Targets.map(({ Arn }) => Arn);
      const unknown = targets.find((arn) => !pool.find(arn));
      if (unknown !== undefined)
        throw new HostError(
          `${found.key} has the target ${unknown}; the local host supports functions only.`,
        );
      return { found, schedule: parseSchedule(ScheduleExpression), targets };
    });
  }

  start(): void {
    const untilNextMinute = () => 60_000 - (Date.now() % 60_000);
    const tick = () => {
      // A timer can fire a little early, still in the minute before the one that is meant.
      this.fire(new Date(Math.round(Date.now() / 60_000) * 60_000));
      this.#timer = setTimeout(tick, untilNextMinute());
    };
    this.#timer = setTimeout(tick, untilNextMinute());
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Invokes the targets of the rules that are due in that minute. */
  fire(minute: Date): void {
    for (const { found, schedule, targets } of this.#rules) {
      if (!isDue(schedule, minute)) continue;
      const event = scheduledEvent(found, this.#catalogue.attributeOf(found, "Arn"), minute);
      for (const target of targets) this.#pool.invokeLater(target, JSON.stringify(event));
    }
  }
}

/** A time of every day (UTC), or an interval. */
export type Schedule = { hour: number; minute: number } | { everyMinutes: number };

/**
 * Reads `cron(<minute> <hour> * * ? *)` or `rate(<n> minutes)`, the forms that this app uses.
 * @throws HostError for any other expression
 */
export function parseSchedule(expression: string): Schedule {
  const [, minute, hour] = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/.exec(expression) ?? [];
  if (Number(minute) < 60 && Number(hour) < 24) return { hour: Number(hour), minute: Number(minute) };
  const [, count] = /^rate\(([1-9]\d*) minutes?\)$/.exec(expression) ?? [];
  if (count !== undefined) return { everyMinutes: Number(count) };
  throw new HostError(
    `The local host does not support the schedule ${expression}: it knows cron(<minute> <hour> * * ? *) and rate(<n> minutes).`,
  );
}

/** Tells if a schedule fires in the minute of `at`; intervals count from the epoch, so a restart does not shift them. */
export function isDue(schedule: Schedule, at: Date): boolean {
  if ("everyMinutes" in schedule) return Math.floor(at.getTime() / 60_000) % schedule.everyMinutes === 0;
  return at.getUTCHours() === schedule.hour && at.getUTCMinutes() === schedule.minute;
}

function scheduledEvent(found: Found, ruleArn: string, time: Date): Record<string, unknown> {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: found.stack.account,
    time: `${time.toISOString().slice(0, 19)}Z`,
    region: found.stack.region,
    resources: [ruleArn],
    detail: {},
  };
}
