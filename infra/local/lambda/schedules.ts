import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { HostError, messageOf } from "../host-error.ts";
import type { LambdaPool } from "./lambda-pool.ts";
import { firesAt } from "./schedule-expression.ts";

const RuleProperties = z.looseObject({
  ScheduleExpression: z.optional(z.string()),
  EventPattern: z.optional(z.unknown()),
  State: z._default(z.string(), "ENABLED"),
  Targets: z._default(
    z.array(
      z.looseObject({
        Arn: z.string(),
        Input: z.optional(z.string()),
        InputPath: z.optional(z.string()),
        InputTransformer: z.optional(
          z.looseObject({
            InputPathsMap: z._default(z.record(z.string(), z.string()), {}),
            InputTemplate: z.string(),
          }),
        ),
      }),
    ),
    [],
  ),
});
type Rule = z.infer<typeof RuleProperties>;

/** EventBridge rules with a schedule; those that fell due while the host was not running are not made up for. */
export class Schedules {
  readonly remarks: string[] = [];
  readonly #rules: { found: Found; rule: Rule; expression: string }[] = [];
  readonly #catalogue: Catalogue;
  readonly #pool: LambdaPool;
  #timer: NodeJS.Timeout | null = null;

  /** @throws HostError for a schedule that EventBridge would not take */
  constructor(catalogue: Catalogue, pool: LambdaPool) {
    this.#catalogue = catalogue;
    this.#pool = pool;
    for (const found of catalogue.ofType("AWS::Events::Rule")) {
      const rule = RuleProperties.parse(catalogue.properties(found));
      if (rule.EventPattern !== undefined)
        this.remarks.push(`${found.key}: no stand-in for an event pattern; it never fires`);
      if (rule.ScheduleExpression === undefined || rule.State === "DISABLED") continue;
      try {
        firesAt(rule.ScheduleExpression, new Date());
      } catch (error) {
        throw new HostError(`The schedule of ${found.key} cannot be run: ${messageOf(error)}`);
      }
      this.#rules.push({ found, rule, expression: rule.ScheduleExpression });
    }
  }

  start(): void {
    const untilNextMinute = () => 60_000 - (Date.now() % 60_000);
    const tick = () => {
      // Timers can be a little early; the minute that has just begun is the one that is meant.
      const minute = new Date(Math.round(Date.now() / 60_000) * 60_000);
      this.fire(minute);
      this.#timer = setTimeout(tick, untilNextMinute());
    };
    this.#timer = setTimeout(tick, untilNextMinute());
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Invokes what is due in that minute. */
  fire(minute: Date): void {
    for (const { found, rule, expression } of this.#rules) {
      if (!firesAt(expression, minute)) continue;
      const event = scheduledEvent(found, this.#catalogue.attributeOf(found, "Arn"), minute);
      for (const target of rule.Targets) {
        if (this.#pool.find(target.Arn)) this.#pool.invokeLater(target.Arn, inputOf(target, event));
      }
    }
  }
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

/** What the target gets: a constant, a part of the event, a text made from parts of it, or all of it. */
function inputOf(
  { Input, InputPath, InputTransformer }: Rule["Targets"][number],
  event: Record<string, unknown>,
): string {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return JSON.stringify(at(event, InputPath) ?? null);
  if (!InputTransformer) return JSON.stringify(event);
  return InputTransformer.InputTemplate.replaceAll(/("?)<([\w.-]+)>\1/g, (_, quote: string, name: string) => {
    const value = at(event, InputTransformer.InputPathsMap[name] ?? "");
    const text = typeof value === "string" ? value : ((JSON.stringify(value) as string | undefined) ?? "");
    return quote === "" && typeof value !== "string" ? text : JSON.stringify(text);
  });
}

/** `$.detail.name` */
function at(event: Record<string, unknown>, path: string): unknown {
  const keys = path
    .replace(/^\$\.?/, "")
    .split(".")
    .filter(Boolean);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}
