import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoLetterRepository } from "../../shared/dynamodb/letter-repository.ts";
import { DynamoMailOutbox } from "../../shared/dynamodb/mail-outbox.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { deliverBatch } from "../../shared/operations/mail/deliver-batch.ts";
import { deliverMail } from "../../shared/operations/mail/deliver-mail.ts";
import { mailRenderer } from "../../shared/operations/mail/templates/render-mail.tsx";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { system } from "../../shared/runtime/system.ts";
import { createSesClient, SesMailService } from "../../shared/ses/mail-service.ts";

const environment = readEnvironment(functionVariables["send-mail"]);
const { SETTINGS: settings, CONTACTS: contacts, PUBLIC_URL: publicUrl } = environment;
const tables = tablesFrom(environment);

const outbox = new DynamoMailOutbox(tables);
const deliver = deliverMail({
  outbox,
  users: new DynamoUserRepository(tables),
  roles: new DynamoRoleRepository(tables),
  links: new DynamoPasswordLinkRepository({ ...tables, settings }),
  mailService: new SesMailService({
    client: createSesClient(),
    sender: contacts.sender,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  organisations: new DynamoOrganisationRepository(tables),
  letters: new DynamoLetterRepository(tables),
  ...mailRenderer({ contacts, publicUrl, settings }),
  measure,
  settings,
  ...system,
});

export const handler = deliverBatch(deliver, outbox);
