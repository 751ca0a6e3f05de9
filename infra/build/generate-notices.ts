import { writeFileSync } from "node:fs";
import { buildFunctions } from "./build-functions.ts";
import { notices, shippedPackages } from "./shipped-packages.ts";

/* npm run generate:notices: writes THIRD-PARTY-NOTICES.md. */

await buildFunctions();
writeFileSync("THIRD-PARTY-NOTICES.md", notices(shippedPackages()));
