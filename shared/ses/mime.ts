import MimeNode from "nodemailer/lib/mime-node";
import type { MailMessage } from "../domain/ports/mail.ts";

/**
 * A mail with attachments as SES takes it: all content is in base64, so that none of it can be read as a header or
 * a boundary (SECURITY 20).
 */
export function mimeMessage(from: string, message: MailMessage): Promise<Uint8Array> {
  const { to, subject, html, text, attachments = [] } = message;
  // SES sets Date and Message-ID itself, and MimeNode adds them to a root only.
  const mail = new MimeNode().createChild("multipart/mixed");
  mail.setHeader({
    From: { address: from },
    To: { address: to.address },
    Subject: subject,
    "MIME-Version": "1.0",
  });
  const alternatives = mail.createChild("multipart/alternative");
  addPart(alternatives, "text/plain; charset=utf-8", Buffer.from(text));
  addPart(alternatives, "text/html; charset=utf-8", Buffer.from(html));
  for (const { mediaType, fileName, content } of attachments) {
    addPart(mail, mediaType, Buffer.from(content), fileName);
  }
  return mail.build();
}

function addPart(parent: MimeNode, contentType: string, content: Buffer, filename?: string): void {
  const part = parent.createChild(contentType, { filename });
  part.setHeader("Content-Transfer-Encoding", "base64").setContent(content);
}
