import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoLetterRepository } from "../../shared/dynamodb/letter-repository.ts";
import { DynamoMailOutbox } from "../../shared/dynamodb/mail-outbox.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { createSesClient, SesMailService } from "../../shared/ses/mail-service.ts";
import { system } from "../../shared/runtime/system.ts";
import { deliverBatch, type MailHandler } from "../../shared/operations/mail/deliver-batch.ts";
import { deliverMail } from "../../shared/operations/mail/deliver-mail.ts";
import { renderLetterMail, renderMail } from "../../shared/operations/mail/templates/render-mail.tsx";

export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "PUBLIC_URL" | "SETTINGS" | "CONTACTS" | "MAIL_CONFIGURATION_SET"
  >,
): MailHandler {
  const { SETTINGS: settings, CONTACTS: contacts, PUBLIC_URL: publicUrl } = environment;
  const tables = tablesFrom(environment);
  const deliver = deliverMail({
    outbox: new DynamoMailOutbox(tables),
    users: new DynamoUserRepository(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    mailService: new SesMailService({
      client: createSesClient(),
      sender: contacts.sender,
      configurationSet: environment.MAIL_CONFIGURATION_SET,
    }),
    render: (mail, recipient, linkToken) =>
      renderMail(mail, recipient, {
        contacts,
        publicUrl,
        settings,
        ...(linkToken !== null && { linkUrl: `${publicUrl}/wachtwoord/${linkToken}` }),
      }),
    organisations: new DynamoOrganisationRepository(tables),
    letters: new DynamoLetterRepository(tables),
    renderLetter: (mail, organisation, letter) =>
      renderLetterMail(mail, organisation, letter, { contacts, publicUrl, settings }),
    measure,
    settings,
    ...system,
  });
  return deliverBatch(deliver, measure);
}
