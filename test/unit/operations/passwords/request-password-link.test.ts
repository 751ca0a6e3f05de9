import { expect, it } from "vitest";
import type { PasswordLinkRepository } from "../../../../shared/domain/ports/passwords.ts";
import type { MailStatus } from "../../../../shared/domain/user.ts";
import { requestPasswordLink } from "../../../../shared/operations/passwords/request-password-link.ts";
import { organisation, user } from "../../../support/domain.ts";

type Request = Parameters<ReturnType<typeof requestPasswordLink>>[0];

async function requested(mailStatus: MailStatus) {
  const requests: Parameters<PasswordLinkRepository["request"]>[0][] = [];
  const member = { user: user({ mailStatus }), organisation: organisation() };
  const operation = requestPasswordLink({
    users: { findMember: () => Promise.resolve(member) },
    links: {
      allowance: () => Promise.resolve({ allowed: true, retryAfterSeconds: 0, organisationId: "2" }),
      request: (request) => Promise.resolve(void requests.push(request)),
    },
    clock: () => new Date("2026-11-22T12:00:00.000Z"),
    newId: () => "id",
  });
  const origin = { actor: null, address: null, requestId: null };
  const call = { body: { username: "ftest" }, sourceAddress: "192.0.2.1", origin, language: "nl" };
  const answer = await operation(call as Request);
  return { answer, link: requests[0]?.link, consequences: requests[0]?.consequences };
}

it.each(["bounced", "complained"] as const)(
  "a link for an address whose status is %s is answered like any other, and nothing is sent",
  async (mailStatus) => {
    const { answer, link, consequences } = await requested(mailStatus);
    expect(answer).toEqual((await requested("ok")).answer);
    expect(link).toBeNull();
    expect(consequences?.mails).toEqual([]);
    expect(consequences?.events).toMatchObject([{ action: "password-link.refused", outcome: "refused" }]);
  },
);
