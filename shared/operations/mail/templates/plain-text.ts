import type { MailBlock } from "../../../texts/mails/content.ts";
import { oneLine } from "../../../texts/one-line.ts";

/** A mail's body as plain text: one blank line between parts, every link on a line of its own. */
export function plainText(blocks: readonly MailBlock[]): string {
  return `${blocks.map(textOf).join("\n\n")}\n`;
}

function textOf(block: MailBlock): string {
  switch (block.kind) {
    case "paragraph":
      return oneLine(block.text);
    case "heading":
      return oneLine(block.text).toUpperCase();
    case "facts":
      return block.facts.map(({ label, value }) => `${oneLine(label)}: ${oneLine(value)}`).join("\n");
    case "link":
      return `${oneLine(block.label)}:\n${oneLine(block.url)}`;
  }
}
