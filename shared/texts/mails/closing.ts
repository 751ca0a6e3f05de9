import type { Contacts } from "../../runtime/environment.ts";
import { facts, heading, paragraph, type MailBlock } from "./content.ts";

/** The end of every mail: contacts, and a note that replies are not read. */
export function closing({ operatorName, serviceDesk }: Contacts): MailBlock[] {
  return [
    heading("Hebt u een vraag?"),
    paragraph(
      "Stel uw vraag eerst aan de beheerder van uw organisatie. Komt u er samen niet uit? Neem dan contact op met de servicedesk. Beantwoord deze mail niet: niemand leest de antwoorden.",
    ),
    facts(
      { label: "Servicedesk, telefoon", value: serviceDesk.phone },
      { label: "Servicedesk, e-mail", value: serviceDesk.email },
    ),
    paragraph(`Met vriendelijke groet, ${operatorName}`),
  ];
}

export function salutation(name: string): MailBlock {
  return paragraph(`Beste ${name},`);
}
