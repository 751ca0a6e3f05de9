import { bringsLetter, type OutboxMail } from "../domain/mail.ts";
import type { SentLetter } from "../domain/ports/mail.ts";
import { letterOf } from "../domain/sanction-mails.ts";
import { epochSeconds, plusDays } from "../domain/time.ts";
import { expiryAttribute, sentLetterKey } from "./keys.ts";
import { putNew, type Write } from "./write.ts";

/** Days in which feedback on a letter is expected; SES tries for hours, and complaints can take weeks. */
const expectedDays = 60;

/** Notes for each letter among these mails, by its address, which closure it is about. */
export function sentLetterWrites(tableName: string, mails: readonly OutboxMail[]): Write[] {
  return mails.filter(bringsLetter).map((mail) => {
    const { id: mailId, organisationId, to, createdAt, data } = mail;
    const sent: SentLetter = {
      mailId,
      organisationId,
      to,
      closureId: data.closureId,
      letter: letterOf(mail),
    };
    const expireAt = epochSeconds(plusDays(createdAt, expectedDays));
    const item = { ...sentLetterKey(to.address, createdAt, mailId), ...sent, [expiryAttribute]: expireAt };
    return putNew(tableName, item, () => new Error("There is a letter with this id already"));
  });
}
