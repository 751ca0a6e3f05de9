/** The addresses in a SendEmail or SendRawEmail request of SES's query protocol, in lower case. */
export function recipientsOf(form: Record<string, string>): string[] {
  const named = Object.entries(form)
    .filter(([key]) => /^(Destination\.(To|Cc|Bcc)Addresses|Destinations)\.member\.\d+$/.test(key))
    .map(([, value]) => value);
  const raw = Buffer.from(form["RawMessage.Data"] ?? "", "base64").toString("utf8");
  const headers = raw.split(/\r?\n\r?\n/, 1)[0]?.replaceAll(/\r?\n[ \t]+/g, " ") ?? "";
  const lines = headers.split(/\r?\n/).filter((line) => /^(to|cc|bcc):/i.test(line));
  const found = [...named, ...lines].flatMap((value) => value.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? []);
  return [...new Set(found.map((address) => address.toLowerCase()))];
}

/** What SES answers about a mail that it will never take. */
export function refusal(address: string): string {
  const message = `Email address is not verified. The following identities failed the check: ${address}`;
  return `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>MessageRejected</Code><Message>${message}</Message></Error><RequestId>local</RequestId></ErrorResponse>`;
}
