import { createRequire } from "node:module";

/** A mail as a mail program reads it. */
export interface ReadMail {
  readonly headers: ReadonlyMap<string, unknown>;
  readonly to?: { readonly text: string };
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
  readonly attachments: readonly {
    readonly filename?: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
}

/** The parser that the stand-in for SES uses; it has no types. */
const { simpleParser } = createRequire(import.meta.url)("mailparser") as {
  simpleParser: (raw: Buffer) => Promise<ReadMail>;
};

export const readMail = (raw: Uint8Array): Promise<ReadMail> => simpleParser(Buffer.from(raw));
