import { rehearse } from "../rehearsal/rehearse.ts";

/*
 * npm run rehearse
 * Synthesises the stage that cdk.json names, and prints what would go wrong if it were deployed; needs neither network
 * nor account.
 */

const sentences = rehearse("cdk.out");
for (const sentence of sentences) console.error(sentence);
if (sentences.length === 0)
  console.log("The deployment was rehearsed: nothing stands in its way that can be seen from here.");
process.exitCode = sentences.length === 0 ? 0 : 1;
