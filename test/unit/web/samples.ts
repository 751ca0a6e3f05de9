import { settingsSchema } from "../../../shared/domain/settings.ts";
import type { Contacts } from "../../../shared/runtime/environment.ts";
import { organisation, user } from "../../support/domain.ts";

export const settings = settingsSchema.parse({});

export const contacts: Contacts = {
  operatorName: "CIZ",
  porteroUrl: "https://portero.example",
  sender: "gebruikersbeheer@portero.example",
  serviceDesk: { email: "servicedesk@ciz.example", phone: "088 789 10 00" },
  contractManagement: { email: "contractmanagement@ciz.example" },
};

export const publicUrl = "https://gebruikersbeheer.portero.example";

export const member = { user: user(), organisation: organisation() };

export const version = "1.2.3";
export const commit = "0123456789ab";

/** Values that do harm on a page that does not escape them. */
export const hostile = {
  markup: "<img src=x onerror=alert(1)>",
  quotes: `"' onmouseover="alert(2)`,
  lines: "Test\r\nBcc: ander@kwaad.example\u2028<script>alert(3)</script>",
};
