import { DomainError } from "../../domain/errors.ts";
import { entityTag } from "./entity-tag.ts";

/** The entity tags that a change is meant for; `*` stands for any version (RFC 9110 §13.1.1). */
export type IfMatch = "*" | readonly string[];

/**
 * Parses the If-Match header of a change. Weak and malformed tags are kept, and match nothing.
 * @throws precondition-required without the header
 */
export function requiredIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === "") throw new DomainError("precondition-required");
  if (header.trim() === "*") return "*";
  return header.split(",").map((tag) => tag.trim());
}

/** @throws precondition-failed if a change is meant for another version of the resource */
export function requireMatch(ifMatch: IfMatch, resource: { readonly version: number }): void {
  if (ifMatch !== "*" && !ifMatch.includes(entityTag(resource))) throw new DomainError("precondition-failed");
}
