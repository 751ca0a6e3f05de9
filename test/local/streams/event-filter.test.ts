import { describe, expect, it } from "vitest";
import { matchesPattern } from "../../../infra/local/streams/event-filter.ts";

const event = {
  eventName: "INSERT",
  size: 5,
  tags: ["a", "b"],
  dynamodb: { NewImage: { PK: { S: "MAIL#1" }, state: { S: "Open" } } },
};

describe("event filter patterns", () => {
  it.each<[object, boolean]>([
    [{ eventName: ["INSERT", "MODIFY"] }, true],
    [{ eventName: ["REMOVE"] }, false],
    [{ dynamodb: { NewImage: { PK: { S: [{ prefix: "MAIL#" }] } } } }, true],
    [{ dynamodb: { NewImage: { PK: { S: [{ prefix: "ORG#" }, { suffix: "#1" }] } } } }, true],
    [{ dynamodb: { NewImage: { state: { S: [{ "equals-ignore-case": "oPEN" }] } } } }, true],
    [{ dynamodb: { NewImage: { state: { S: [{ "anything-but": ["Sent", "Open"] }] } } } }, false],
    [{ dynamodb: { NewImage: { state: { S: [{ "anything-but": { prefix: "S" } }] } } } }, true],
    [{ dynamodb: { NewImage: { other: { S: [{ exists: false }] } } } }, true],
    [{ dynamodb: { OldImage: { PK: { S: [{ exists: true }] } } } }, false],
    [{ size: [{ numeric: [">", 1, "<=", 5] }] }, true],
    [{ size: [{ numeric: ["=", 4] }] }, false],
    [{ tags: ["b"] }, true],
    [{ $or: [{ eventName: ["X"] }, { size: [5] }] }, true],
    [{ eventName: ["INSERT"], size: [6] }, false],
  ])("%j: %s", (pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it("refuses a condition that it does not know", () => {
    expect(() => matchesPattern({ size: [{ cidr: "10.0.0.0/24" }] }, event)).toThrow("cidr");
  });
});
