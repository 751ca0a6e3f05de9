/** The sender and recipients of a SendEmail or SendRawEmail request in SES's query protocol, in lower case. */
export function mailAddresses(body: string): { readonly sender: string; readonly recipients: string[] } {
  const form = new URLSearchParams(body);
  const named = [...form]
    .filter(([key]) => /^(Destination\.(To|Cc|Bcc)Addresses|Destinations)\.member\.\d+$/.test(key))
    .map(([, value]) => value);
  const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64").toString("utf8");
  const headers = raw.split(/\r?\n\r?\n/, 1)[0]?.replaceAll(/\r?\n[ \t]+/g, " ") ?? "";
  const lines = headers.split(/\r?\n/).filter((line) => /^(to|cc|bcc):/i.test(line));
  const [sender = ""] = addressesIn(form.get("Source") ?? "");
  return { sender, recipients: [...new Set([...named, ...lines].flatMap(addressesIn))] };
}

function addressesIn(text: string): string[] {
  const found = text.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? [];
  return found.map((address) => address.toLowerCase());
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);
