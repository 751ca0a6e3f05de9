import type { Organisation } from "../../domain/organisation.ts";
import type { Instant } from "../../domain/time.ts";
import type { Contacts } from "../../runtime/environment.ts";
import { longDate } from "../dates.ts";
import { oneLine } from "../one-line.ts";

/** A part of a letter's page; line ends in texts are kept. */
export interface LetterPart {
  readonly kind: "sender" | "address" | "fact" | "title" | "heading" | "paragraph";
  readonly text: string;
}

export interface LetterContent {
  /** The title of the PDF document. */
  readonly title: string;
  readonly sender: string;
  /** The moment that the letter was written. */
  readonly at: Instant;
  readonly parts: readonly LetterPart[];
}

export const paragraph = (text: string): LetterPart => ({ kind: "paragraph", text });
export const heading = (text: string): LetterPart => ({ kind: "heading", text });

/** The top of every letter: sender, recipient, date and subject. */
export function letterHead(
  organisation: Organisation,
  { operatorName }: Contacts,
  letter: { at: Instant; reference: string; subject: string },
): LetterPart[] {
  const { signatory } = organisation;
  return [
    { kind: "sender", text: operatorName },
    { kind: "address", text: addressLines(organisation).join("\n") },
    { kind: "fact", text: `Datum: ${longDate(letter.at, "nl")}` },
    { kind: "fact", text: `Ons kenmerk: ${letter.reference}` },
    { kind: "title", text: letter.subject },
    paragraph(`Geachte ${oneLine(signatory.name)},`),
  ];
}

function addressLines(organisation: Organisation): string[] {
  const { name, signatory, street, houseNumber, houseNumberAddition, postalCode, city } = organisation;
  const together = (...words: (string | null)[]) => words.filter((word) => word !== null).join(" ");
  const lines = [
    name,
    `T.a.v. ${signatory.name}`,
    together(street, houseNumber, houseNumberAddition),
    together(postalCode, city),
  ];
  return lines.map(oneLine).filter((line) => line !== "");
}

/** The end of every letter: contacts and signature. */
export function letterEnd(contacts: Contacts): LetterPart[] {
  const { operatorName, serviceDesk, contractManagement } = contacts;
  return [
    heading("Hebt u vragen?"),
    paragraph(
      `Bel de servicedesk: ${serviceDesk.phone}. U kunt ook mailen naar contractmanagement: ${contractManagement.email}. Noem daarbij ons kenmerk.`,
    ),
    paragraph("Met vriendelijke groet,"),
    paragraph(`${operatorName}\nContractmanagement`),
  ];
}
