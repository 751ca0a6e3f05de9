import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { ServiceProxy, type Disturbance, type ServiceCall } from "../support/service-proxy.ts";
import { OwnStack, type Answer } from "../support/stack.ts";
import { Chance } from "./chance.ts";
import { EveryRoute, type Prepared } from "./every-route.ts";

/** The requests that change something. */
const kinds = [
  ...["signIn", "endSession", "requestPasswordLink", "redeemPasswordLink", "changePassword"],
  ...["createUser", "editUser", "deleteUser", "orderPasswordLink", "importUsers, three", "setRoles"],
  ...["changeOrganisation", "registerOrganisation", "recordIncident", "logContact"],
  ...["closeAccess", "reopenAccess"],
];

/** Shares of the calls that the services refuse, or do without anybody hearing of it. */
const shares = { throttled: 0.35, conflict: 0.3, answerLost: 0.08, cognitoThrottled: 0.45 };

export interface OperationFigures {
  readonly requests: number;
  /** Answered as if nothing had gone wrong, and wholly done. */
  readonly done: number;
  /** Answered "try again later", nothing done; and done when tried again. */
  readonly notAtAll: number;
  /** Answered that the rest follows, and wholly done once the job that sees to that has run. */
  readonly followed: number;
  /** Answered "try again later", and wholly done: the last answer of the store was lost. */
  readonly unheard: number;
  /** Requests that were carried out in part, or answered wrongly. */
  readonly torn: readonly string[];
  readonly disturbed: Readonly<Record<string, number>>;
}

type Items = Map<string, Record<string, unknown>>;

/** Background work that is left in peace. */
const undisturbed = new Set(["send-mail", "mail-feedback", "finish-imports"]);

/** Requests of the real interface while DynamoDB and Cognito refuse much of what they are asked. */
export class OperationRun {
  readonly #proxy: ServiceProxy;
  readonly #stack: OwnStack;
  readonly #every: EveryRoute;
  readonly #chance: Chance;
  readonly #disturbed: Record<string, number> = {};
  /** Transactions that were committed and whose response was lost. */
  readonly #committed = new Set<string>();
  #now = "";
  #cognitoIsDown = false;
  #inTrouble = false;

  private constructor(proxy: ServiceProxy, stack: OwnStack, every: EveryRoute, seed: number) {
    this.#proxy = proxy;
    this.#stack = stack;
    this.#every = every;
    this.#chance = new Chance(seed);
    proxy.disturb = (call) => (undisturbed.has(call.by) ? null : this.#disturb(call));
  }

  static async start(seed: number): Promise<OperationRun> {
    const proxy = await ServiceProxy.start();
    const stack = await OwnStack.start({}, { detour: proxy.detour });
    return new OperationRun(proxy, stack, await EveryRoute.prepare(stack), seed);
  }

  async stop(): Promise<void> {
    await this.#stack.stop();
    await this.#proxy.stop();
  }

  /** @param rounds how often each request is made in trouble */
  async run(rounds: number, progress: (what: string) => void): Promise<OperationFigures> {
    const counts = { requests: 0, done: 0, notAtAll: 0, followed: 0, unheard: 0 };
    const torn: string[] = [];
    for (const kind of kinds) {
      const whole = await this.#wholeEffects(kind);
      for (let round = 1; round <= rounds; round += 1) {
        progress(`${kind}, ${round} of ${rounds}`);
        const outcome = await this.#attempt(kind, round, whole);
        counts.requests += 1;
        if (outcome in counts) counts[outcome as "done"] += 1;
        else torn.push(`${kind}: ${outcome}`);
      }
    }
    return { ...counts, torn, disturbed: this.#disturbed };
  }

  /** The effects of the request without faults, and where it succeeds although Cognito's response is lost. */
  async #wholeEffects(kind: string): Promise<ReadonlySet<string>> {
    const whole = new Set<string>();
    for (const down of [false, true, false]) {
      const prepared = await this.#every.requests[kind]!();
      this.#cognitoIsDown = down;
      const { answer, effect } = await this.#observe(prepared);
      this.#cognitoIsDown = false;
      if (answer.status === prepared.status) whole.add(effect);
      else if (down && effect === "") await this.#every.send(prepared);
      else throw new Error(`${kind}: ${answer.status} ${effect}`);
    }
    return whole;
  }

  async #attempt(kind: string, round: number, whole: ReadonlySet<string>): Promise<string> {
    const prepared = await this.#every.requests[kind]!();
    this.#now = `${kind} ${round}`;
    const { answer, effect } = await this.#observe(prepared);
    const succeeded = answer.status === prepared.status;
    if (succeeded) return whole.has(effect) ? "done" : `${answer.status} with ${effect || "nothing"}`;
    if (isUnfinished(answer) && whole.has(effect)) return "followed";
    if (answer.status !== 503) return `${answer.status} with ${effect || "nothing"}`;
    if (whole.has(effect)) return "unheard";
    if (effect !== "") return `503 with ${effect}`;
    const again = await this.#observe(prepared);
    const mended = again.answer.status === prepared.status && whole.has(again.effect);
    return mended ? "notAtAll" : `tried again: ${again.answer.status} with ${again.effect || "nothing"}`;
  }

  /** Sends it, in trouble if there is to be any, and looks at what is different in the tables afterwards. */
  async #observe(prepared: Prepared): Promise<{ answer: Answer; effect: string }> {
    const before = await this.#settledItems();
    const { method, path, ...request } = prepared;
    this.#inTrouble = this.#now !== "";
    const answer = await this.#stack.call(method, path, request);
    this.#inTrouble = false;
    this.#now = "";
    if (isUnfinished(answer)) await this.#finishImports();
    return { answer, effect: difference(before, await this.#settledItems()) };
  }

  /** Runs the job like its schedule does, once the request can no longer be running. */
  async #finishImports(): Promise<void> {
    const time = new Date(Date.now() + 600_000).toISOString();
    const { FunctionError } = await this.#stack.invoke("finish-imports", { time });
    if (FunctionError !== undefined) throw new Error("finish-imports failed");
  }

  #disturb(call: ServiceCall): Disturbance | null {
    if (this.#cognitoIsDown && call.service === "cognito") return refusal("TooManyRequestsException");
    if (!this.#inTrouble) return null;
    const drawn = this.#chance.of(`${this.#now} ${call.service} ${call.operation}`);
    const found = troubleOf(call, drawn);
    if (found === null) return null;
    // What has been done is answered by its token: DynamoDB does not try it again, and so meets no conflict.
    const token = tokenOf(call);
    if (found.name === "TransactionConflict" && token !== null && this.#committed.has(token)) return null;
    if (found.name === "answer lost" && token !== null) this.#committed.add(token);
    this.#disturbed[found.name] = (this.#disturbed[found.name] ?? 0) + 1;
    return found.disturbance;
  }

  /** Everything in both tables, once the outbox is empty. */
  async #settledItems(): Promise<Items> {
    const { client, tableName, auditTableName } = this.#stack.tables();
    for (;;) {
      const items: Items = new Map();
      for (const TableName of [tableName, auditTableName]) {
        for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
          for (const item of page.Items ?? []) items.set(`${String(item["PK"])} ${String(item["SK"])}`, item);
        }
      }
      if (![...items.values()].some(({ state }) => state === "queued")) return items;
      await sleep(50);
    }
  }
}

/** An import that was accepted and whose users are not all there yet (docs/adr/0007). */
const isUnfinished = ({ body }: Answer) =>
  (body as { type?: string } | null)?.type === "urn:portero:problem:import-unfinished";

function tokenOf({ operation, body }: ServiceCall): string | null {
  if (operation !== "TransactWriteItems") return null;
  return (JSON.parse(body) as { ClientRequestToken?: string }).ClientRequestToken ?? null;
}

function troubleOf(call: ServiceCall, drawn: number): { name: string; disturbance: Disturbance } | null {
  const { throttled, conflict, answerLost, cognitoThrottled } = shares;
  if (call.service === "cognito") {
    const name = "TooManyRequestsException";
    return drawn < cognitoThrottled ? { name: `Cognito ${name}`, disturbance: refusal(name) } : null;
  }
  if (drawn < throttled) {
    const name = "ProvisionedThroughputExceededException";
    return { name, disturbance: refusal(name) };
  }
  if (call.operation !== "TransactWriteItems") return null;
  if (drawn < throttled + conflict) {
    const { TransactItems } = JSON.parse(call.body) as { TransactItems: unknown[] };
    const CancellationReasons = TransactItems.map((_, index) => ({
      Code: index === 0 ? "TransactionConflict" : "None",
    }));
    const disturbance = refusal("TransactionCanceledException", { CancellationReasons });
    return { name: "TransactionConflict", disturbance };
  }
  if (drawn < throttled + conflict + answerLost) {
    return { name: "answer lost", disturbance: { kind: "lose-answer" } };
  }
  return null;
}

function refusal(name: string, more: object = {}): Disturbance {
  const body = JSON.stringify({ __type: `com.amazonaws#${name}`, message: "Try again later.", ...more });
  return { kind: "refuse", status: 400, body };
}

/** Counters that protect against guessing and flooding count attempts, whatever becomes of them. */
const counters = /^(?:LIMIT|GUARD|COUNTER)/;

/** The items that were created, changed and deleted, by kind. */
function difference(before: Items, after: Items): string {
  const changes: string[] = [];
  for (const [key, item] of after) {
    const former = before.get(key);
    if (!former) changes.push(`+${kindOf(item)}`);
    else if (!isDeepStrictEqual(former, item)) changes.push(`~${kindOf(item)}`);
  }
  for (const [key, item] of before) if (!after.has(key)) changes.push(`-${kindOf(item)}`);
  const counted = changes.filter((change) => !counters.test(change.slice(1)) && !change.includes("refused"));
  return counted.sort().join(" ");
}

/** Traces by what they say; other items by how their keys begin. */
function kindOf(item: Record<string, unknown>): string {
  if (typeof item["action"] === "string") return `trace:${item["action"]}:${String(item["outcome"])}`;
  const part = (value: unknown) => String(value).split("#")[0]!.replace(/^\d+$/, "n");
  const place = `${part(item["PK"])}/${part(item["SK"])}`;
  return typeof item["template"] === "string" ? `${place}:${item["template"]}` : place;
}
