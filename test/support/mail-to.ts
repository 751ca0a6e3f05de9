import type { DisturbedCall } from "../../infra/local/troubles/disturbance.ts";
import { mailAddresses } from "../../infra/local/troubles/mail-call.ts";

/** Narrows a trouble of SES to the mails to one address. */
export function mailTo(address: string): (call: DisturbedCall) => boolean {
  return ({ body }) => mailAddresses(body).recipients.includes(address.toLowerCase());
}
