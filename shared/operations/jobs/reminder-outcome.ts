import type { UserEntry } from "../../domain/jobs/due.ts";
import type { DueList, Reminder } from "../../domain/jobs/ports.ts";
import { skipped, type Outcome } from "../../domain/jobs/result.ts";
import type { User } from "../../domain/user.ts";

/** Moves an entry to its next place on the due list, or off it with null, because no mail is sent now. */
export async function skipEntry(
  entry: UserEntry,
  next: UserEntry | null,
  reason: string,
  due: Pick<DueList, "replace">,
): Promise<Outcome> {
  await due.replace(entry, next);
  return skipped(reason);
}

/**
 * The outcome of a reminder for the run's count.
 * @param skip moves the entry on; a sent mail has moved it in the same transaction
 * @param notSent decides for an account that the mail no longer applies to
 */
export async function reminderOutcome<T>(
  reminder: Reminder,
  skip: (reason: string) => Promise<Outcome>,
  notSent: (user: User | null) => Promise<T>,
): Promise<Outcome | T> {
  switch (reminder.result) {
    case "sent":
      return "done";
    case "no-longer-due":
      return skipped(reminder.result);
    case "sent-before":
    case "organisation-closed":
      return skip(reminder.result);
    case "not-to-be-sent":
      return notSent(reminder.user);
  }
}
