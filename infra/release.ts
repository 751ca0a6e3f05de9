import { execFileSync } from "node:child_process";
import packageDescription from "../package.json" with { type: "json" };

/** The identity of what is deployed. */
export interface Release {
  /** The full version, as in the header `API-Version`. */
  readonly version: string;
  /** The commit, with `-dirty` if files were changed since; `unknown` without a Git repository. */
  readonly commit: string;
}

export function readRelease(): Release {
  return { version: packageDescription.version, commit: readCommit() };
}

function readCommit(): string {
  // No tag instead of a hash: a tag can be moved.
  const args = ["describe", "--always", "--dirty", "--abbrev=12", "--exclude", "*"];
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
}
