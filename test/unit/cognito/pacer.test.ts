import { describe, expect, it } from "vitest";
import { pacer } from "../../../shared/cognito/pacer.ts";
import { stableId } from "../../../shared/operations/jobs/stable-id.ts";

describe("a pacer", () => {
  it("lets no more calls through than allowed, also after a pause", async () => {
    let now = 0;
    const pause = (milliseconds: number) => Promise.resolve((now += milliseconds));
    const pace = pacer(25, () => now, pause);
    const calls: number[] = [];
    const call = async () => {
      await pace();
      calls.push(now);
    };
    for (let index = 0; index < 50; index += 1) await call();
    expect(calls.at(-1)).toBe(49 * 40);
    now += 10_000;
    for (let index = 0; index < 3; index += 1) await call();
    expect(calls.slice(-3)).toEqual([11_960, 12_000, 12_040]);
  });
});

describe("a stable id", () => {
  it("is the same for the same parts, in the form of a UUID, and differs where parts do", () => {
    expect(stableId("a", "b")).toBe(stableId("a", "b"));
    expect(stableId("a", "b")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set([stableId("a", "b"), stableId("ab"), stableId("a,b"), stableId("b", "a")]).size).toBe(4);
  });
});
