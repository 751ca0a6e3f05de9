import type { CSSProperties } from "preact";
import type { MailBlock } from "../../../texts/mails/content.ts";
import { oneLine } from "../../../texts/one-line.ts";

const ink = "#1a1a1a";
const accent = "#154273";
const fontFamily = "Verdana, Arial, sans-serif";

const styles = {
  body: { margin: "0", padding: "0", backgroundColor: "#f3f4f6" },
  backdrop: { width: "100%", backgroundColor: "#f3f4f6" },
  cell: { padding: "16px 8px" },
  card: { width: "100%", maxWidth: "600px", margin: "0 auto", backgroundColor: "#ffffff" },
  name: {
    padding: "16px 20px",
    backgroundColor: accent,
    color: "#ffffff",
    fontFamily,
    fontSize: "18px",
    fontWeight: "bold",
  },
  content: { padding: "8px 20px 20px", color: ink, fontFamily, fontSize: "16px", lineHeight: "1.5" },
  paragraph: { margin: "12px 0" },
  heading: { margin: "28px 0 4px", fontSize: "18px", lineHeight: "1.3", color: accent },
  facts: { margin: "12px 0", padding: "12px 16px", backgroundColor: "#eef2f8" },
  button: {
    display: "inline-block",
    padding: "12px 20px",
    backgroundColor: accent,
    color: "#ffffff",
    fontWeight: "bold",
    textDecoration: "none",
    borderRadius: "4px",
  },
  address: { fontSize: "14px", color: "#444444", wordBreak: "break-all" },
} as const satisfies Record<string, CSSProperties>;

function Block({ block }: { block: MailBlock }) {
  switch (block.kind) {
    case "paragraph":
      return <p style={styles.paragraph}>{oneLine(block.text)}</p>;
    case "heading":
      return <h2 style={styles.heading}>{oneLine(block.text)}</h2>;
    case "facts":
      return (
        <p style={styles.facts}>
          {block.facts.map(({ label, value }, index) => (
            <>
              {index > 0 && <br />}
              {oneLine(label)}: <strong>{oneLine(value)}</strong>
            </>
          ))}
        </p>
      );
    case "link":
      return <LinkBlock label={oneLine(block.label)} url={oneLine(block.url)} />;
  }
}

/** A button with the full address beneath it, so that a reader can check or copy where it leads. */
function LinkBlock({ label, url }: { label: string; url: string }) {
  return (
    <p style={styles.paragraph}>
      <a href={url} style={styles.button}>
        {label}
      </a>
      <br />
      <span style={styles.address}>{url}</span>
    </p>
  );
}

/** A mail in one column, with inline styles and no external files, since mail programs drop the rest. */
export function MailLayout({ title, blocks }: { title: string; blocks: readonly MailBlock[] }) {
  return (
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
      </head>
      <body style={styles.body}>
        <table role="presentation" cellpadding="0" cellspacing="0" style={styles.backdrop}>
          <tr>
            <td style={styles.cell}>
              <table role="presentation" cellpadding="0" cellspacing="0" style={styles.card}>
                <tr>
                  <td style={styles.name}>Portero</td>
                </tr>
                <tr>
                  <td style={styles.content}>
                    {blocks.map((block) => (
                      <Block block={block} />
                    ))}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
}
