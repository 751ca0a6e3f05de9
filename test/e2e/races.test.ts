import { beforeAll, describe, expect, it } from "vitest";
import { newPerson, Stack, type Answer } from "../support/stack.ts";

const times = <T>(count: number, act: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const statuses = (answers: Answer[]) => answers.map((answer) => answer.status).toSorted((a, b) => a - b);

describe("races, twenty at a time", () => {
  const stack = Stack.shared();
  let token: string;
  let users: string;
  beforeAll(async () => {
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
  });

  it("creations with one e-mail address: one 201, nineteen 409, one user, one mail", async () => {
    const { email } = newPerson();
    const answers = await times(20, (index) => {
      const spelled = index % 2 === 0 ? email : email.toUpperCase();
      return stack.call("POST", users, { token, body: newPerson({ email: spelled }) });
    });
    expect(statuses(answers)).toEqual([201, ...Array<number>(19).fill(409)]);
    const found = await stack.call("GET", `${users}?search=${encodeURIComponent(email)}`, { token });
    expect(found.body.total).toBe(1);
    const won = answers.find((answer) => answer.status === 201)!;
    await stack.waitForMails(won.body.email as string, 1);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const all = (await stack.mails()).filter((mail) => mail.to.toLowerCase() === email);
    expect(all).toHaveLength(1);
  });

  it("creations of one person's name: 20 distinct login names, without a gap", async () => {
    const answers = await times(20, (index) =>
      stack.call("POST", users, {
        token,
        body: newPerson({ initials: "Q.", lastName: "Wedloop", email: `wedloop${index}@dezonnehof.example` }),
      }),
    );
    expect(statuses(answers)).toEqual(Array<number>(20).fill(201));
    const names = answers.map((answer) => answer.body.username as string);
    const expected = ["qwedloop", ...Array.from({ length: 19 }, (_, index) => `qwedloop${index + 2}`)];
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  it("redemptions of one link: one 204", async () => {
    const person = newPerson();
    const { body } = await stack.call("POST", users, { token, body: person });
    const username = body.username as string;
    await stack.waitForMails(person.email, 1);
    const link = await stack.linkFor(username, person.email);
    const answers = await times(20, (index) =>
      stack.call("POST", `/v1/password-links/${link}/redemption`, {
        body: { password: `Tulpenveld-${index + 10}!` },
      }),
    );
    expect(statuses(answers)).toEqual([204, ...Array<number>(19).fill(410)]);
    const winner = answers.findIndex((answer) => answer.status === 204);
    expect((await stack.signIn({ username, password: `Tulpenveld-${winner + 10}!` })).status).toBe(201);
  });
});
