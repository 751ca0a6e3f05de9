import { describe, expect, it } from "vitest";
import { auditActions, auditEvent, type AuditEvent } from "../../../shared/domain/audit.ts";
import { auditSentence } from "../../../shared/texts/audit-sentences.ts";

const origin = { actor: { username: "kbakker", organisationId: "16" }, address: null, requestId: null };
const event = (parts: Partial<AuditEvent>): AuditEvent => ({
  ...auditEvent("id", "2026-11-22T12:00:00.000Z", origin, {
    organisationId: "16",
    action: "user.created",
    subject: { type: "user", id: "ftest" },
    outcome: "done",
  }),
  ...parts,
});

describe("an audit event as a sentence (DESIGN §4, audit event)", () => {
  it.each<[Partial<AuditEvent>, string, string]>([
    [{}, "Gebruiker ftest is toegevoegd door kbakker.", "User ftest was added by kbakker."],
    [{ actor: null }, "Gebruiker ftest is toegevoegd.", "User ftest was added."],
    [
      { actor: { username: "mvisser", organisationId: "1" } },
      "Gebruiker ftest is toegevoegd door mvisser (organisatie 1).",
      "User ftest was added by mvisser (organisation 1).",
    ],
    [
      { action: "organisation.closed", subject: { type: "organisation", id: "16" }, outcome: "refused" },
      "De toegang van organisatie 16 is niet gesloten door kbakker.",
      "The access of organisation 16 was not closed by kbakker.",
    ],
    [
      {
        action: "session.refused",
        actor: null,
        subject: { type: "user", id: "unknown" },
        outcome: "refused",
        detail: { reason: "invalid-credentials" },
      },
      "Inloggen van een onbekende gebruikersnaam is geweigerd: de gebruikersnaam of het wachtwoord klopte niet.",
      "Signing in by an unknown user name was refused: the user name or the password was not right.",
    ],
    [
      { action: "session.refused", detail: { reason: "something new" } },
      "Inloggen van ftest is geweigerd.",
      "Signing in by ftest was refused.",
    ],
    [
      { action: "user-import.accepted", subject: { type: "user-import", id: "x" }, detail: { users: 1 } },
      "Een bestand met 1 gebruiker is geïmporteerd door kbakker.",
      "A file with 1 user was imported by kbakker.",
    ],
    [
      { action: "roles.changed", detail: { from: [], to: ["organisation-admin"] } },
      "De rollen van gebruiker ftest zijn gewijzigd door kbakker: beheerder.",
      "The roles of user ftest were changed by kbakker: administrator.",
    ],
    [
      {
        action: "mail.bounced",
        actor: null,
        subject: { type: "closure", id: "x" },
        detail: { letter: "closing" },
      },
      "De brief over de sluiting is niet aangekomen.",
      "The letter about the closure did not arrive.",
    ],
    [
      { action: "personal-data.viewed", detail: { what: "user" } },
      "Bekeken door kbakker: de gegevens van gebruiker ftest.",
      "Viewed by kbakker: the data of user ftest.",
    ],
  ])("%j", (parts, nl, en) => {
    expect([auditSentence(event(parts), "nl"), auditSentence(event(parts), "en")]).toEqual([nl, en]);
  });

  it.each(auditActions)("%s reads well whatever its detail lacks", (action) => {
    for (const outcome of ["done", "refused"] as const) {
      for (const language of ["nl", "en"] as const) {
        const sentence = auditSentence(event({ action, outcome }), language);
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}/);
      }
    }
  });
});
