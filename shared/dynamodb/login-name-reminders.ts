import { randomUUID } from "node:crypto";
import { tooManyAttempts } from "../domain/errors.ts";
import type { LoginNameReminders, ReminderAllowance } from "../domain/ports/passwords.ts";
import { epochSeconds } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { emailItems } from "./items.ts";
import { decoyKey, emailKey, expiryAttribute } from "./keys.ts";
import { countRequest, reminderLimits, secondsUntilAllowed, type LinkLimits } from "./link-limits.ts";
import { getItems } from "./read.ts";
import { commit, putNew, type Write } from "./write.ts";

type ReminderRequest = Parameters<LoginNameReminders["request"]>[0];

/** A parallel request reached the limit after the allowance was read. */
class LimitReached extends Error {}

export class DynamoLoginNameReminders implements LoginNameReminders {
  readonly #tables: Tables;
  readonly #settings: LinkLimits;

  constructor({ settings, ...tables }: Tables & { readonly settings: LinkLimits }) {
    this.#tables = tables;
    this.#settings = settings;
  }

  async allowance(email: string, address: string, now: Date): Promise<ReminderAllowance> {
    const limits = reminderLimits(email, address, this.#settings);
    const [holder, ...items] = await getItems(this.#tables, [
      emailKey(email),
      ...limits.map(({ key }) => key),
    ]);
    const retryAfterSeconds = await secondsUntilAllowed(this.#tables, limits, items, now);
    return {
      allowed: retryAfterSeconds === 0,
      retryAfterSeconds,
      holder: emailItems.parseIfAny(holder ?? null),
    };
  }

  async request({ email, address, now, consequences }: ReminderRequest): Promise<void> {
    const limits = reminderLimits(email, address, this.#settings);
    try {
      await commit(this.#tables, [
        ...limits.map((limit) => countRequest(this.#tables, limit, now, () => new LimitReached())),
        ...(consequences.mails.length === 0 ? [this.#decoy(now)] : []),
        ...consequenceWrites(this.#tables, consequences),
      ]);
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      throw tooManyAttempts((await this.allowance(email, address, now)).retryAfterSeconds);
    }
  }

  /** In the place of the mail, so that an unknown address costs as many writes (SECURITY 10). */
  #decoy(now: Date): Write {
    const item = {
      ...decoyKey(randomUUID()),
      filling: "-".repeat(200),
      [expiryAttribute]: epochSeconds(now) + 60,
    };
    return putNew(this.#tables.tableName, item, () => new Error("A decoy was refused"));
  }
}
