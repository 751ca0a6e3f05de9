import type { AdministratorRepository, LapseDigest } from "../../domain/jobs/ports.ts";
import type { OutboxMail } from "../../domain/mail.ts";
import { instant } from "../../domain/time.ts";
import type { Run } from "./run.ts";
import { stableId } from "./stable-id.ts";

/** A digest names at most this many accounts, and counts the others. */
const mostNamed = 100;

/** Collects the lapsed accounts of a run, so that an organisation's administrators get one mail about all of them. */
export class Digests {
  readonly #administrators: Pick<AdministratorRepository, "sealDigest" | "mailDigest">;
  /** Number of accounts that lapsed in this run, by organisation. */
  readonly #lapsed = new Map<string, number>();

  constructor(administrators: Pick<AdministratorRepository, "sealDigest" | "mailDigest">) {
    this.#administrators = administrators;
  }

  /** Notes that an organisation has a digest to send; 0 for a digest that an earlier run left. */
  note(organisationId: string, lapsed = 1): void {
    this.#lapsed.set(organisationId, (this.#lapsed.get(organisationId) ?? 0) + lapsed);
  }

  hasRoomFor(organisationId: string): boolean {
    return (this.#lapsed.get(organisationId) ?? 0) < mostNamed;
  }

  /** Sends all digests at the end of a run; one that fails stays for the next run. */
  async sendAll(run: Run): Promise<void> {
    for (const organisationId of this.#lapsed.keys()) {
      try {
        await this.send(organisationId, run.now);
      } catch (error) {
        run.fail(error, organisationId);
      }
    }
  }

  async send(organisationId: string, now: Date): Promise<void> {
    const digest = await this.#administrators.sealDigest(organisationId, instant(now));
    if (digest) await this.#administrators.mailDigest(digest, mailsOf(digest, now));
  }
}

function mailsOf(digest: LapseDigest, now: Date): OutboxMail[] {
  const { id, organisationId, usernames, count, administrators } = digest;
  return administrators.map((username) => ({
    id: stableId("accounts-lapsed", id, username),
    template: "accounts-lapsed",
    data: { usernames, count },
    organisationId,
    username,
    createdAt: instant(now),
  }));
}
