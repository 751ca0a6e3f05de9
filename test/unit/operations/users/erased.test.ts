import { describe, expect, it } from "vitest";
import { displayedName, erasedPerson } from "../../../../shared/domain/person.ts";
import { userRepresentation } from "../../../../shared/operations/users/user-representation.ts";
import { user } from "../../../support/domain.ts";

describe("a user whose personal data are erased", () => {
  it("is shown by their login name", () => {
    const erased = user({ ...erasedPerson, status: "deleted" });
    expect(displayedName(erased)).toBe("ftest");
    expect(userRepresentation(erased, new Date())).toMatchObject({ name: "ftest", lastName: "", email: "" });
  });
});
