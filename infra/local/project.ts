import { join } from "node:path";

/** The folder with package.json and cdk.json, wherever the host was started from. */
export const projectDirectory = join(import.meta.dirname, "..", "..");
