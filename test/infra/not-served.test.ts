import { describe, expect, it } from "vitest";
import { listNotServed, notServed } from "../../infra/local/template/not-served.ts";
import { requireSupported } from "../../infra/local/template/resource-types.ts";
import type { Found } from "../../infra/local/template/catalogue.ts";
import { resources, synthesised } from "./template.ts";

/** The resources of a stage as the local host reads them. */
function foundIn(stage: keyof typeof synthesised): Found[] {
  const { data, app } = synthesised[stage];
  return [data, app].flatMap((template) =>
    resources(template).map(({ logicalId, Type, Properties }) => {
      const stack = { name: stage, region: "eu-west-1", account: "000000000000", template: {} };
      const rawProperties = { ...Properties };
      return { stack, logicalId, key: `${stage}/${logicalId}`, type: Type, rawProperties };
    }),
  );
}

/** Only with a domain name of one's own, which no stage has yet (custom-domain.test.ts), or added by the CDK's CLI. */
const elsewhere = ["AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping", "AWS::CDK::Metadata"];

describe("what the templates have and the local host does not serve", () => {
  it.each(["local", "production"] as const)("is all in its table: %s", (stage) => {
    expect(() => requireSupported(foundIn(stage))).not.toThrow();
  });

  it("is there: the table has no line that the templates do not need", () => {
    const found = [...foundIn("local"), ...foundIn("production")];
    const unneeded = notServed.flatMap(({ types = [], properties = {} }) => [
      ...types.filter((start) => !found.some(({ type }) => type.startsWith(start))),
      ...Object.entries(properties).flatMap(([type, names]) =>
        names
          .filter((name) => !found.some((one) => one.type === type && name in one.rawProperties))
          .map((name) => `${type} ${name}`),
      ),
    ]);
    expect(unneeded).toEqual(elsewhere.filter((type) => unneeded.includes(type)));
  });

  it("is listed once, each line with its reason", () => {
    const lines = listNotServed(foundIn("local"));
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.length).toBeLessThanOrEqual(notServed.length);
    expect(lines).toContainEqual(expect.stringMatching(/^No firewall stands before .*: AWS::WAFv2 \(4\)$/));
    expect(lines.join("\n")).not.toContain("AWS::Backup");
  });
});
