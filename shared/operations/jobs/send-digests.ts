import type { AdministratorRepository, LapseDigest } from "../../domain/jobs/ports.ts";
import type { OutboxMail } from "../../domain/mail.ts";
import { instant } from "../../domain/time.ts";
import type { Run } from "./run.ts";
import { stableId } from "./stable-id.ts";

/** How many accounts a digest names; it counts the others. */
const mostNamed = 100;

/** What the administrators of organisations are still to be told: one mail for all that lapsed in a run. */
export class Digests {
  readonly #administrators: Pick<AdministratorRepository, "sealDigest" | "mailDigest">;
  /** How many lapsed in this run, by organisation. */
  readonly #lapsed = new Map<string, number>();

  constructor(administrators: Pick<AdministratorRepository, "sealDigest" | "mailDigest">) {
    this.#administrators = administrators;
  }

  /** Notes that an organisation has something to be told. */
  note(organisationId: string, lapsed = 1): void {
    this.#lapsed.set(organisationId, (this.#lapsed.get(organisationId) ?? 0) + lapsed);
  }

  hasRoomFor(organisationId: string): boolean {
    return (this.#lapsed.get(organisationId) ?? 0) < mostNamed;
  }

  /** At the end of a run; a digest that fails stays for the next. */
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
    ...{ organisationId, username, createdAt: instant(now) },
  }));
}
