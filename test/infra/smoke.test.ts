import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { production, resources } from "./template.ts";

const sources = globSync("infra/operations/smoke/*.ts").map((file) => readFileSync(file, "utf8"));
const types = new Set(sources.flatMap((source) => source.match(/(?<=")AWS::\w+::\w+(?=")/g) ?? []));

it("npm run smoke looks for types of resources that the templates have", () => {
  const there = [production.data, production.app].flatMap((template) => resources(template));
  const missing = [...types].filter((type) => !there.some(({ Type }) => Type === type));
  expect(types.size).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});
