import { expect, it } from "vitest";
import { DomainError, mostErrors } from "../../../shared/domain/errors.ts";

it("no refusal names more than fifty faults, wherever they come from (SECURITY 27)", () => {
  const errors = Array.from({ length: 5000 }, (_, index) => ({ pointer: `/rows/${index}`, code: "invalid" }));
  expect(new DomainError("import-rejected", { errors }).errors).toEqual(errors.slice(0, mostErrors));
});
