import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { storedUser } from "../../shared/dynamodb/items.ts";
import { mailKey, organisationKey, queuedMail, userKey } from "../../shared/dynamodb/keys.ts";
import { organisation, user } from "../support/domain.ts";
import { putAll } from "../support/dynamodb.ts";
import { ServiceProxy, type Disturbance, type ServiceCall } from "../support/service-proxy.ts";
import { OwnStack } from "../support/stack.ts";
import { Chance } from "./chance.ts";

/** How much goes wrong while mails are sent. */
export interface MailTrouble {
  /** Shares of what SES is asked. */
  readonly throttled: number;
  readonly answerLost: number;
  readonly kills: number;
}

export interface MailFigures {
  readonly mails: number;
  readonly lost: number;
  readonly duplicates: number;
  /** Mails that SES took and of which the function could not know it, or not write it down. */
  readonly ambiguous: number;
  /** Copies that no such moment explains. */
  readonly unexplained: number;
  readonly throttled: number;
  readonly answersLost: number;
  readonly kills: number;
  readonly gaveUp: number;
  readonly seconds: number;
}

export interface PoisonFigures {
  /** Mails behind failing ones that were not sent within a minute, and the time of the last. */
  readonly othersLeft: number;
  readonly slowestSeconds: number;
  readonly setAside: number;
  /** Mails behind one that is always throttled that were not sent within ten seconds. */
  readonly heldUp: number;
  readonly deadLetters: number;
  /** Not sent once that mail had been given up. */
  readonly leftAtLast: number;
}

const internalFailure =
  '<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>An internal error.</Message></Error><RequestId>local</RequestId></ErrorResponse>';

/** The address of each mail; a mail to a former address has an address of its own. */
const recipient = user();

/** The mail that a call is about, or none: addresses contain the mail's number. */
const subject = /MAIL#(mail\d+)|(mail\d+)@/;

function subjectOf({ body }: ServiceCall): string | null {
  const found = subject.exec(decodeURIComponent(body));
  return found?.[1] ?? found?.[2] ?? null;
}

const throttling =
  '<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Maximum sending rate exceeded.</Message></Error><RequestId>local</RequestId></ErrorResponse>';

const batchSize = 10;
/** In less time no environment starts and makes its first call, in milliseconds. */
const leastStart = 50;

function failedOf<T extends { dynamodb: { SequenceNumber: string } }>(
  batch: readonly T[],
  answer: string,
): T[] {
  const { batchItemFailures } = JSON.parse(answer) as { batchItemFailures?: { itemIdentifier: string }[] };
  if (!batchItemFailures) throw new Error(`send-mail: ${answer}`);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return batch.filter(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
}

/** The real function that sends mails, on the real stream of the local stack, and what becomes of its mails. */
export class MailRun {
  readonly proxy: ServiceProxy;
  readonly stack: OwnStack;
  readonly #accepted = new Map<string, { ambiguous: boolean; settled: boolean }[]>();
  readonly #settled = new Set<string>();
  #trouble: MailTrouble = { throttled: 0, answerLost: 0, kills: 0 };
  #chance = new Chance(0);
  #counts = { throttled: 0, answersLost: 0, kills: 0 };
  #begun = 0;
  /** How many environments have been ended, and which one a connection belongs to. */
  #generation = 0;
  readonly #generations = new WeakMap<Socket, number>();
  #endedAt = -leastStart;
  #dying = false;

  private constructor(proxy: ServiceProxy, stack: OwnStack) {
    this.proxy = proxy;
    this.stack = stack;
    proxy.disturb = (call) => (call.by === "send-mail" ? this.#disturb(call) : null);
    proxy.answered = (call) => this.#notice(call);
  }

  /** @param app the command that is the CDK app, if not the project's */
  static async start(app?: string): Promise<MailRun> {
    const proxy = await ServiceProxy.start();
    const stack = await OwnStack.start({}, { detour: proxy.detour, seed: false, ...(app && { app }) });
    const run = new MailRun(proxy, stack);
    await putAll(stack.tables(), [
      { ...organisationKey("2"), ...organisation() },
      { ...userKey(recipient), ...storedUser(recipient) },
    ]);
    return run;
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.proxy.stop();
  }

  /** Writes so many mails to as many users down, and waits until each has been dealt with. */
  async send(
    count: number,
    { trouble, seed, progress }: { trouble: MailTrouble; seed: number; progress: (what: string) => void },
  ): Promise<MailFigures> {
    this.#trouble = trouble;
    this.#chance = new Chance(seed);
    this.#counts = { throttled: 0, answersLost: 0, kills: 0 };
    this.#accepted.clear();
    this.#settled.clear();
    const ids = Array.from({ length: count }, (_, index) => `mail${this.#begun + index}`);
    this.#begun += count;
    progress(`writing ${count} mails down`);
    const began = performance.now();
    await this.write(ids);
    await this.#untilSettled(count, progress);
    return this.#figures(ids, (performance.now() - began) / 1000);
  }

  /** Mails into the outbox, each to an address of its own. */
  async write(ids: readonly string[], otherwise: Readonly<Record<string, object>> = {}): Promise<void> {
    const createdAt = new Date().toISOString();
    const { organisationId, username } = recipient;
    const mails = ids.map((id) => ({
      ...{ ...mailKey(id), ...queuedMail({ id, createdAt }), id, createdAt, state: "queued" },
      ...{ template: "email-changed", organisationId, username },
      data: { changedAt: createdAt, formerAddress: `${id}@zorg.example` },
      ...otherwise[id],
    }));
    await putAll(this.stack.tables(), mails);
  }

  /** Brings all these mails' records to the function once more. @returns how many more mails went out */
  async again(count: number): Promise<number> {
    const before = this.#takenBySes().length;
    const client = new LambdaClient({
      ...{ endpoint: this.stack.host.invokeUrl, region: "eu-west-1" },
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const FunctionName = this.#environment()?.variables["AWS_LAMBDA_FUNCTION_NAME"] ?? "";
    const records = Array.from({ length: count }, (_, index) => ({
      eventName: "INSERT",
      dynamodb: { SequenceNumber: String(index), Keys: { PK: { S: mailKey(`mail${index}`).PK } } },
    }));
    // As many at a time as the stream brings; those that a busy machine was too slow for come again.
    while (records.length > 0) {
      const batch = records.splice(0, batchSize);
      const Payload = JSON.stringify({ Records: batch });
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
      records.push(...failedOf(batch, Buffer.from(answer.Payload ?? []).toString()));
    }
    return this.#takenBySes().length - before;
  }

  /**
   * One mail that SES fails on whenever it is tried, one whose item is damaged, and one that SES throttles for
   * ever; behind them so many others.
   */
  async poison(others: number, progress: (what: string) => void): Promise<PoisonFigures> {
    const [failing, damaged, throttled] = ["mail9000000", "mail9000001", "mail9000002"] as const;
    this.proxy.disturb = (call) => {
      if (call.by !== "send-mail" || call.service !== "ses") return null;
      if (subjectOf(call) === failing) return { kind: "refuse", status: 500, body: internalFailure };
      return subjectOf(call) === throttled ? { kind: "refuse", status: 400, body: throttling } : null;
    };
    await this.write([failing, damaged], { [damaged]: { template: "no-template" } });
    const behindFailing = await this.#othersBehind("7", others, { patienceSeconds: 60, progress });
    await this.write([throttled]);
    const behindThrottled = await this.#othersBehind("8", others, { patienceSeconds: 10, progress });
    const heldUp = behindThrottled.left();
    const deadline = Date.now() + 150_000;
    while ((this.deadLetters().length === 0 || behindThrottled.left() > 0) && Date.now() < deadline) {
      progress("waiting for the dead letter");
      await sleep(2_000);
    }
    return {
      othersLeft: behindFailing.left(),
      slowestSeconds: behindFailing.seconds,
      setAside: this.stack.logOf("SendMail").split("mail set aside").length - 1,
      heldUp,
      deadLetters: this.deadLetters().length,
      leftAtLast: behindFailing.left() + behindThrottled.left(),
    };
  }

  /** Others, written after what is wrong: how many are not out, and how long was waited for them. */
  async #othersBehind(
    number: string,
    count: number,
    { patienceSeconds, progress }: { patienceSeconds: number; progress: (what: string) => void },
  ): Promise<{ left: () => number; seconds: number }> {
    progress(`${count} others behind what fails`);
    const ids = Array.from({ length: count }, (_, index) => `mail${number}${100_000 + index}`);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    await this.write(ids);
    const left = () => ids.filter((id) => !this.#settled.has(id)).length;
    while (left() > 0 && seconds() < patienceSeconds) await sleep(100);
    return { left, seconds: seconds() };
  }

  /** How often each address got mail, as SES kept it. */
  copies(): Map<string, number> {
    const copies = new Map<string, number>();
    for (const address of this.#takenBySes()) copies.set(address, (copies.get(address) ?? 0) + 1);
    return copies;
  }

  /** Messages that were given up on. */
  deadLetters(): string[] {
    return this.stack.deadLetters("SendMail");
  }

  #disturb(call: ServiceCall): Disturbance | null {
    const id = subjectOf(call) ?? "any";
    if (!this.#generations.has(call.connection)) this.#generations.set(call.connection, this.#opener());
    const { throttled, answerLost, kills } = this.#trouble;
    if (
      !this.#dying &&
      this.#counts.kills < kills &&
      this.#chance.of(`kill ${call.operation} ${id}`) < 0.012
    ) {
      this.#counts.kills += 1;
      return this.#kill(this.#chance.of(`moment ${call.operation} ${id}`) < 0.5);
    }
    if (call.service !== "ses") return null;
    const drawn = this.#chance.of(`ses ${id}`);
    if (drawn < throttled) {
      this.#counts.throttled += 1;
      return { kind: "refuse", status: 400, body: throttling };
    }
    if (drawn >= throttled + answerLost) return null;
    this.#counts.answersLost += 1;
    return { kind: "lose-answer" };
  }

  /** Whose a connection is that has just come up: right after an end, it is still one of the ended environment. */
  #opener(): number {
    return performance.now() - this.#endedAt < leastStart ? this.#generation - 1 : this.#generation;
  }

  /** Before the service has heard of the call, or after it did what it was asked. */
  #kill(before: boolean): Disturbance {
    if (!before) return { kind: "lose-answer", thenDies: true };
    void this.#end();
    return { kind: "break" };
  }

  /** No other environment takes up work before this one has wholly ended. */
  async #end(): Promise<void> {
    this.#dying = true;
    await this.#environment()?.worker.terminate();
    for (const all of this.#accepted.values()) {
      for (const one of all) if (!one.settled) one.ambiguous = true;
    }
    this.#generation += 1;
    this.#endedAt = performance.now();
    this.#dying = false;
  }

  #environment() {
    const all = this.stack.host.environments();
    return all.find(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === "send-mail");
  }

  #notice(call: ServiceCall): void {
    if (call.by !== "send-mail" || call.status !== 200) return;
    const id = subjectOf(call);
    if (id === null) return;
    if (call.service === "ses") {
      const all = this.#accepted.get(id) ?? [];
      // What an environment sent before it was ended can arrive after that.
      const unheard =
        call.connection.destroyed || this.#generations.get(call.connection) !== this.#generation;
      all.push({ ambiguous: unheard || call.disturbance?.kind === "lose-answer", settled: false });
      this.#accepted.set(id, all);
    } else if (call.operation === "UpdateItem") {
      this.#settled.add(id);
      for (const one of this.#accepted.get(id) ?? []) one.settled = true;
    }
    if (call.disturbance?.kind === "lose-answer" && call.disturbance.thenDies) void this.#end();
  }

  async #untilSettled(count: number, progress: (what: string) => void): Promise<void> {
    let stuck = 0;
    for (let before = -1; this.#settled.size < count;) {
      stuck = this.#settled.size === before ? stuck + 1 : 0;
      before = this.#settled.size;
      if (stuck > 90) return;
      progress(`${before} of ${count} mails dealt with, ${this.#counts.kills} kills`);
      await sleep(2_000);
    }
  }

  #takenBySes(): string[] {
    const lines = readFileSync(join(this.stack.directory, "mails.jsonl"), "utf8").split("\n").filter(Boolean);
    return lines.map(
      (line) => (JSON.parse(line) as { destination: { to: string[] } }).destination.to[0] ?? "",
    );
  }

  #figures(ids: readonly string[], seconds: number): MailFigures {
    const copies = this.copies();
    const of = (id: string) => copies.get(`${id}@zorg.example`) ?? 0;
    const ambiguous = (id: string) => (this.#accepted.get(id) ?? []).filter((one) => one.ambiguous).length;
    const total = (count: (id: string) => number) => ids.reduce((sum, id) => sum + count(id), 0);
    return {
      ...{ mails: ids.length, seconds, ...this.#counts, gaveUp: this.deadLetters().length },
      lost: total((id) => (of(id) === 0 ? 1 : 0)),
      duplicates: total((id) => Math.max(0, of(id) - 1)),
      ambiguous: total(ambiguous),
      unexplained: total((id) => Math.max(0, of(id) - 1 - ambiguous(id))),
    };
  }
}
