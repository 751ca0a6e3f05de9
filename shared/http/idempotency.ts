import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { DomainError } from "../domain/errors.ts";
import type { KeptAnswer, KeptAnswers } from "../domain/ports/consequences.ts";
import { instant, plusHours, type Clock } from "../domain/time.ts";
import type { DataAccess, Repeatable, RepeatableForm } from "../operations/kit/operation.ts";
import { requestIdOf, type KeyedCall } from "../operations/kit/request-id.ts";
import { idempotencyKeyHeader } from "../operations/kit/schemas.ts";
import { parse } from "../operations/kit/validation.ts";

/** How long an answer is kept. */
export const answerHours = 24;

const cipher = "aes-256-gcm";
const [nonceBytes, tagBytes] = [12, 16];

/** The store of kept answers, and the clock by which they expire. */
export interface Repetition {
  readonly answers: KeptAnswers;
  readonly clock: Clock;
}

/** The answer of any route. */
interface AnyResponse {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Absent in answers that a version before kept. */
  readonly dataAccess?: DataAccess | undefined;
  readonly audited?: true | undefined;
}

/** The answer to a form that was carried out before; it shows nothing. */
const formDone = { body: null, audited: true } as const satisfies AnyResponse;

/**
 * A request with an Idempotency-Key, or a form with its key. Its answer is written in the transaction of the change (`Consequences.kept`), so
 * that a repeated request, even after a crash or at the same moment, gets that answer and changes nothing
 * (docs/adr/0006).
 */
class RepeatableRequest implements Repeatable, RepeatableForm {
  readonly id: string;
  /** An HMAC with the key, so that the table alone does not reveal the content. */
  readonly fingerprint: string;
  readonly #key: Uint8Array;
  readonly #repetition: Repetition;

  /** @param body parsed, so that spaces and the order of fields do not count */
  constructor(call: KeyedCall, body: unknown, repetition: Repetition) {
    const { key } = call;
    const content = JSON.stringify(body);
    this.#repetition = repetition;
    this.id = requestIdOf(call);
    this.fingerprint = createHmac("sha256", key).update(content).digest("hex");
    this.#key = new Uint8Array(hkdfSync("sha256", JSON.stringify([key, content]), this.id, cipher, 32));
  }

  /** The part of a change's consequences that keeps its answer, to be spread into them. */
  keep(answer: AnyResponse): { readonly kept: KeptAnswer } {
    return this.#keep(answer);
  }

  keepDone(): { readonly kept: KeptAnswer } {
    return this.#keep(null);
  }

  async wasDone(): Promise<boolean> {
    return (await this.earlierAnswer()) !== null;
  }

  #keep(answer: AnyResponse | null): { readonly kept: KeptAnswer } {
    const now = this.#repetition.clock();
    return {
      kept: {
        id: this.id,
        fingerprint: this.fingerprint,
        sealed: this.#seal(JSON.stringify(answer)),
        keptAt: instant(now),
        expiresAt: plusHours(now, answerHours),
      },
    };
  }

  /**
   * The answer that this request was given before; null if there is none.
   * @throws idempotency-key-reused if the key came with another request
   */
  async earlierAnswer(): Promise<AnyResponse | null> {
    const { answers, clock } = this.#repetition;
    const kept = await answers.find(this.id, instant(clock()));
    if (!kept) return null;
    if (kept.fingerprint !== this.fingerprint) throw new DomainError("idempotency-key-reused");
    return z.parse(storedAnswer, JSON.parse(this.#open(kept.sealed))) ?? formDone;
  }

  /** Encrypts with a key derived from the request, so that the table holds no readable second copy of personal data. */
  #seal(text: string): Uint8Array {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#key, nonce);
    const sealed = Buffer.concat([sealing.update(text), sealing.final()]);
    return new Uint8Array(Buffer.concat([nonce, sealing.getAuthTag(), sealed]));
  }

  #open(sealed: Uint8Array): string {
    const nonce = sealed.subarray(0, nonceBytes);
    const opening = createDecipheriv(cipher, this.#key, nonce);
    opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([
      opening.update(sealed.subarray(nonceBytes + tagBytes)),
      opening.final(),
    ]).toString();
  }
}

const storedAnswer = z.nullable(
  z.object({
    body: z.unknown(),
    headers: z.optional(z.record(z.string(), z.string())),
    dataAccess: z.optional(z.custom<DataAccess>()),
  }),
);

/**
 * The request as the caller may repeat it; null without a key.
 * @throws invalid-request for a malformed key
 */
export function repeatableRequest(
  call: Omit<KeyedCall, "key"> & { readonly key: string | undefined; readonly body: unknown },
  repetition: Repetition | undefined,
): RepeatableRequest | null {
  if (call.key === undefined) return null;
  if (!repetition) throw new Error("A route that takes a key stands in a function without answers");
  const header = parse(idempotencyKeyHeader, { "Idempotency-Key": call.key }, "header");
  if (!header.ok) throw new DomainError("invalid-request", { errors: header.errors });
  const key = header.data["Idempotency-Key"] ?? "";
  return new RepeatableRequest({ ...call, key }, call.body, repetition);
}

/** Runs the operation; if it fails and an earlier run of this request succeeded, gives that run's answer. */
export async function answerOnce<R extends AnyResponse>(
  repeatable: RepeatableRequest | null,
  operation: () => Promise<R>,
): Promise<R> {
  if (!repeatable) return operation();
  try {
    return await operation();
  } catch (error) {
    // The first run of this request may have caused the refusal, such as an address that is in use now.
    const earlier = await repeatable.earlierAnswer();
    if (!earlier) throw error;
    return earlier as R;
  }
}
