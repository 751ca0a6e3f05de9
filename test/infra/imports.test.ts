import { expect, it } from "vitest";
import { functions, production, referred, resources } from "./template.ts";

const all = functions(production);

it("the job that finishes imports runs every five minutes", () => {
  const job = all.get("finish-imports")?.logicalId;
  const rules = resources(production.app, "AWS::Events::Rule").filter(({ Properties }) =>
    (Properties["Targets"] as { Arn: unknown }[]).some(({ Arn }) => referred(Arn) === job),
  );
  expect(rules.map(({ Properties }) => Properties["ScheduleExpression"])).toEqual(["rate(5 minutes)"]);
});
