import { describe, expect, it } from "vitest";
import { renderLetterMail, renderMail } from "../../../../shared/operations/mail/templates/render-mail.tsx";
import { closureMails, reopeningMails, usersMailed } from "../../../../shared/domain/sanction-mails.ts";
import { bringsLetter, type LetterMail, type UserMail } from "../../../../shared/domain/mail.ts";
import { MailRefused } from "../../../../shared/domain/ports/mail.ts";
import { mimeMessage } from "../../../../shared/ses/mime.ts";
import { organisation, user } from "../../../support/domain.ts";
import { readMail } from "../../../support/read-mail.ts";
import { closure, incident } from "../../../support/sanctions.ts";
import { contacts, hostile, publicUrl, settings } from "../../web/samples.ts";

const context = { contacts, publicUrl, settings };
let serial = 0;
const newId = () => `mail-${(serial += 1)}`;
const attachment = {
  fileName: "brief.pdf",
  mediaType: "application/pdf" as const,
  content: Uint8Array.from({ length: 300 }, (_, index) => index % 256),
};

const involved = [
  incident({ usernames: ["ftest", "bother"] }),
  incident({ id: "b", usernames: ["ftest"], occurredOn: "2026-11-14" }),
  incident({ id: "c", kind: "careless-use", usernames: ["cthird"] }),
];

describe("the mails of a closure", () => {
  it("go to signatory and contact person, and for misuse to each user involved once", () => {
    const mails = closureMails(closure(), involved, organisation(), newId);
    expect(mails.filter(bringsLetter).map(({ to }) => to.address)).toEqual([
      "h.prins@zorg.example",
      "k.bakker@zorg.example",
    ]);
    const told = mails.filter((mail): mail is UserMail => !bringsLetter(mail));
    expect(told.map(({ username, data }) => [username, data])).toEqual([
      ["ftest", { closedAt: closure().closedAt, occurredOn: ["2026-11-10", "2026-11-14"] }],
      ["bother", { closedAt: closure().closedAt, occurredOn: ["2026-11-10"] }],
    ]);
    expect(usersMailed("misuse", involved)).toEqual(["ftest", "bother"]);
    expect(usersMailed("repeated-careless-use", involved)).toEqual([]);
    const careless = closureMails(
      closure({ ground: "repeated-careless-use" }),
      involved,
      organisation(),
      newId,
    );
    expect(careless.every(bringsLetter)).toBe(true);
  });

  it("are one mail if signatory and contact person are the same person", () => {
    const signatory = { name: "Karin Bakker", email: "K.Bakker@zorg.example" };
    expect(closureMails(closure(), [], organisation({ signatory }), newId)).toHaveLength(1);
    const reopened = closure({ reopenedAt: "2026-12-01T09:00:00.000Z" });
    expect(reopeningMails(reopened, organisation({ signatory }), newId)).toHaveLength(1);
  });

  it("tell the user involved when it was, and whom to turn to if it is not so", () => {
    const mail = closureMails(closure(), involved, organisation(), newId).find((one) => !bringsLetter(one));
    const { to, text } = renderMail(
      mail as UserMail,
      { user: user(), organisation: organisation() },
      context,
    );
    expect(to.address).toBe("femke.test@zorg.example");
    for (const part of ["10 november 2026, 14 november 2026", "ftest", contacts.contractManagement.email]) {
      expect(text).toContain(part);
    }
  });
});

describe("a mail with a letter", () => {
  const [mail] = closureMails(closure(), [], organisation(), newId) as LetterMail[];

  it.each(Object.entries(hostile))(
    "takes an organisation's and a person's name with %s as text",
    async (_, name) => {
      const to = { name, address: "h.prins@zorg.example" };
      const message = renderLetterMail({ ...mail!, to }, organisation({ name }), attachment, context);
      const read = await readMail(await mimeMessage("afzender@portero.example", message));
      expect(read.headers.get("bcc")).toBeUndefined();
      expect(read.to?.text).toBe("h.prins@zorg.example");
      expect(read.subject).toBe("De toegang van uw organisatie tot Portero is gesloten");
      expect(read.html).not.toMatch(/<img|<script|<b>/);
      expect(read.text?.trim()).toBe(message.text.trim());
    },
  );

  it("arrives whole: subject, texts and letter as they were sent", async () => {
    const message = {
      ...renderLetterMail(mail!, organisation(), attachment, context),
      subject: "é€🙂 ".repeat(40),
    };
    const raw = Buffer.from(await mimeMessage("afzender@portero.example", message));
    const read = await readMail(raw);
    expect(read.subject?.replaceAll(/\s+/g, "")).toBe(message.subject.replaceAll(/\s+/g, ""));
    expect(read.html).toBe(message.html);
    const [file, ...others] = read.attachments;
    expect(others).toEqual([]);
    expect([file?.filename, file?.contentType]).toEqual(["brief.pdf", "application/pdf"]);
    expect(file?.content.equals(Buffer.from(attachment.content))).toBe(true);
    for (const line of raw.toString("ascii").split("\r\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("has no header but its own, whatever its subject holds (SECURITY 20)", async () => {
    const message = {
      ...renderLetterMail(mail!, organisation(), attachment, context),
      subject: "Gesloten\r\nBcc: c@d.example\r\n\r\n<b>",
    };
    const read = await readMail(await mimeMessage("afzender@portero.example", message));
    // SES adds the date and the message's id.
    expect([...read.headers.keys()].sort()).toEqual([
      "content-type",
      "from",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(read.subject).toBe("Gesloten Bcc: c@d.example  <b>");
    expect(read.html).toBe(message.html);
  });

  it("goes to the address unchanged, also if it is not all ASCII", async () => {
    for (const [address, written] of [
      ["H.Prins@zorg.example", "H.Prins@zorg.example"],
      ["p&o@xn--caf-dma.example", "p&o@xn--caf-dma.example"],
      ["hélène@zorg.example", "hélène@zorg.example"],
      ["o'neill@café.example", "o'neill@xn--caf-dma.example"],
    ] as const) {
      const message = renderLetterMail(
        { ...mail!, to: { name: "Hélène", address } },
        organisation(),
        attachment,
        context,
      );
      const raw = Buffer.from(await mimeMessage("afzender@portero.example", message)).toString("utf8");
      expect(raw.match(/^To: .*$/gm)).toEqual([`To: ${written}`]);
    }
  });

  it.each(["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "A <a@b.example>"])(
    "is not sent to %j, which is not one plain address",
    (address) => {
      const to = { name: "Hendrik Prins", address };
      expect(() => renderLetterMail({ ...mail!, to }, organisation(), attachment, context)).toThrow(
        MailRefused,
      );
    },
  );
});
