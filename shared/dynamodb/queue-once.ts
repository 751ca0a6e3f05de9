import type { OutboxMail } from "../domain/mail.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { commit } from "./write.ts";

/** Puts a mail with a derived id into the outbox, unless an earlier attempt did. */
export async function queueOnce(tables: Tables, mail: OutboxMail): Promise<void> {
  const queuedBefore = new Error("The mail is in the outbox");
  const writes = consequenceWrites(tables, { mails: [mail], events: [] });
  try {
    await commit(
      tables,
      writes.map((write) => ({ ...write, refusal: () => queuedBefore })),
    );
  } catch (error) {
    if (error !== queuedBefore) throw error;
  }
}
