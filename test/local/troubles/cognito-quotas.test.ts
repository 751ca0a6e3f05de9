import { expect, it } from "vitest";
import type { UserPoolAction } from "../../../infra/functions.ts";
import { cognitoQuotas, quotaBuckets } from "../../../infra/local/troubles/cognito-quotas.ts";

it.each(Object.entries(cognitoQuotas))(
  "%s has a quota of its own, which its operations share and which fills again",
  (_, { perSecond, operations }) => {
    let now = 0;
    const takeToken = quotaBuckets(() => now);
    const taken = (calls: number) =>
      Array.from({ length: calls }, (_unused, call) =>
        takeToken(operations[call % operations.length]!),
      ).filter(Boolean).length;
    expect(taken(2 * perSecond)).toBe(perSecond);
    const others = Object.values(cognitoQuotas).filter((one) => one.operations !== operations);
    expect(others.map((one) => takeToken(one.operations[0]))).not.toContain(false);
    now += 500;
    expect(taken(2 * perSecond)).toBe(Math.floor(perSecond / 2));
    now += 60_000;
    expect(taken(2 * perSecond)).toBe(perSecond);
  },
);

it("an operation without a category is not limited", () => {
  const takeToken = quotaBuckets();
  expect(Array.from({ length: 500 }, () => takeToken("DescribeUserPool"))).not.toContain(false);
});

it("every operation that a function may call has a category", () => {
  const mayCall: Record<UserPoolAction, true> = {
    AdminCreateUser: true,
    AdminEnableUser: true,
    AdminInitiateAuth: true,
    AdminSetUserPassword: true,
  };
  const limited = Object.values(cognitoQuotas).flatMap(({ operations }) => operations);
  expect(limited).toEqual(expect.arrayContaining(Object.keys(mayCall)));
});
