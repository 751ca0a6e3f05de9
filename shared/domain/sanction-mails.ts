import type { LetterMail, OutboxMail } from "./mail.ts";
import type { Organisation } from "./organisation.ts";
import { comparableEmail } from "./person.ts";
import type { Closure, ClosureGround, Incident, LetterKind } from "./sanction.ts";

/** The number of users that one closure can notify; more would not fit in one transaction. */
export const mostInvolvedUsers = 80;

/** The kind of letter that a mail brings. */
export function letterOf({ template }: Pick<LetterMail, "template">): LetterKind {
  return template === "access-closed" ? "closing" : "reopening";
}

/** Login names of the users whom a closure mails: those in its incidents of misuse, on that ground alone. */
export function usersMailed(ground: ClosureGround, incidents: readonly Incident[]): string[] {
  if (ground !== "misuse") return [];
  const misuse = incidents.filter(({ kind }) => kind === "misuse");
  return [...new Set(misuse.flatMap(({ usernames }) => usernames))];
}

/** Letters to signatory and contact person and, on ground `misuse`, a mail to each user involved. */
export function closureMails(
  closure: Closure,
  incidents: readonly Incident[],
  organisation: Organisation,
  newId: () => string,
): OutboxMail[] {
  const { id: closureId, ground, closedAt } = closure;
  const letters = recipientsOf(organisation).map((to): OutboxMail => {
    const mail = { id: newId(), organisationId: organisation.id, to, createdAt: closedAt };
    return { ...mail, template: "access-closed", data: { closureId, ground, closedAt } };
  });
  const told = usersMailed(ground, incidents).map((username): OutboxMail => {
    const of = incidents.filter((one) => one.kind === "misuse" && one.usernames.includes(username));
    const occurredOn = [...new Set(of.map((one) => one.occurredOn))];
    const mail = { id: newId(), organisationId: organisation.id, username, createdAt: closedAt };
    return { ...mail, template: "misuse-involved", data: { closedAt, occurredOn } };
  });
  return [...letters, ...told];
}

export function reopeningMails(
  { id: closureId, reopenedAt }: Closure,
  organisation: Organisation,
  newId: () => string,
): OutboxMail[] {
  if (reopenedAt === null) return [];
  return recipientsOf(organisation).map((to) => {
    const mail = { id: newId(), organisationId: organisation.id, to, createdAt: reopenedAt };
    return { ...mail, template: "access-reopened", data: { closureId, reopenedAt } };
  });
}

/** Signatory and contact person; one recipient if they have the same address. */
function recipientsOf({ signatory, contactPerson }: Organisation): LetterMail["to"][] {
  const signs = { name: signatory.name, address: signatory.email };
  const contact = { name: contactPerson.name, address: contactPerson.email };
  const same = comparableEmail(signs.address) === comparableEmail(contact.address);
  return same ? [signs] : [signs, contact];
}
