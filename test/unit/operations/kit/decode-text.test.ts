import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeText } from "../../../../shared/operations/kit/decode-text.ts";

const mark = "\uFEFF";
const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();

it("any text is read as it was written, in UTF-8 with or without a byte order mark and in UTF-16 with one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!text.startsWith(mark) && text.isWellFormed());
      expect(decodeText(Buffer.from(text, "utf8"))).toEqual({ text, encoding: "utf-8" });
      expect(decodeText(Buffer.from(mark + text, "utf8"))).toEqual({ text, encoding: "utf-8" });
      expect(decodeText(Buffer.from(mark + text, "utf16le"))).toEqual({ text, encoding: "utf-16" });
      expect(decodeText(swapped(mark + text))).toEqual({ text, encoding: "utf-16" });
    }),
  );
});

it.each([
  ["Gr\u00fcn", [0x47, 0x72, 0xfc, 0x6e]],
  ["\u20ac \u0160 \u2019", [0x80, 0x20, 0x8a, 0x20, 0x92]],
])("bytes that are not UTF-8 are Windows-1252: %s", (text, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ text, encoding: "windows-1252" });
});

it("any bytes give a text", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof decodeText(bytes).text === "string"));
});
