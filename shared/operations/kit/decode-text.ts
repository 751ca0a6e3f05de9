export const textEncodings = ["utf-8", "utf-16", "windows-1252"] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** A file's text, and how it was encoded. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * The text of a file that a spreadsheet program saved: UTF-16 with a byte order mark, UTF-8 with or without one, and
 * otherwise Windows-1252, which programs in the Netherlands write where nothing else is chosen.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, "utf-16", "utf-16le");
  if (first === 0xfe && second === 0xff) return decoded(bytes, "utf-16", "utf-16be");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return decoded(bytes, "windows-1252", "windows-1252");
  }
}

function decoded(bytes: Uint8Array, encoding: TextEncoding, label: string): DecodedText {
  return { text: new TextDecoder(label).decode(bytes), encoding };
}
