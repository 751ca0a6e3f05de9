import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { organisationTransitions } from "../shared/domain/organisation.ts";
import { incidentTransitions } from "../shared/domain/sanction.ts";
import { accountTransitions } from "../shared/domain/user.ts";

type Transitions = Readonly<Record<string, readonly string[]>>;

interface StatePage {
  readonly title: string;
  /** Name and file of the table. */
  readonly home: string;
  readonly transitions: Transitions;
  readonly begin: string;
  /** The cause of each transition; a transition without one is an error. */
  readonly moves: Readonly<Record<string, string>>;
  readonly text: string;
}

const pages: Readonly<Record<string, StatePage>> = {
  account: {
    title: "Account",
    home: "`accountTransitions` in `shared/domain/user.ts`",
    transitions: accountTransitions,
    begin: "invited",
    moves: {
      "invited active": "first password accepted",
      "invited inactive": "unused for too long",
      "invited deleted": "deleted, with a reason",
      "active inactive": "unused for too long",
      "active deleted": "deleted, with a reason",
      "inactive deleted": "deleted, with a reason",
    },
    text: "An inactive or deleted account never becomes active again: a user who returns gets a new account.",
  },
  organisation: {
    title: "Organisation",
    home: "`organisationTransitions` in `shared/domain/organisation.ts`",
    transitions: organisationTransitions,
    begin: "open",
    moves: { "open closed": "closed on valid grounds", "closed open": "reopened, with a reason" },
    text: "A closure changes no account: every sign-in and request checks the organisation. Sessions and links from before a closure stay invalid after the reopening.",
  },
  incident: {
    title: "Incident",
    home: "`incidentTransitions` in `shared/domain/sanction.ts`",
    transitions: incidentTransitions,
    begin: "recorded",
    moves: {
      "recorded contacted": "first contact logged",
      "recorded sanctioned": "named in a closure",
      "contacted sanctioned": "named in a closure",
    },
    text: "The state follows from what was added to the incident. Records are never changed or removed: a correction is another contact or another incident.",
  },
};

/** Every page of docs/states, by file name. */
export function statePages(): Map<string, string> {
  return new Map(Object.entries(pages).map(([name, page]) => [`${name}.md`, pageText(page)]));
}

function pageText({ title, home, transitions, begin, moves, text }: StatePage): string {
  const lines = Object.entries(transitions).flatMap(([from, targets]) => {
    if (targets.length === 0) return [`  ${from} --> [*]`];
    return targets.map((to) => `  ${from} --> ${to}: ${wordsFor(moves, from, to)}`);
  });
  return [
    `# ${title}`,
    "",
    `Generated from ${home} by \`npm run generate:states\`; change it there.`,
    "",
    "```mermaid",
    "stateDiagram-v2",
    `  [*] --> ${begin}`,
    ...lines,
    "```",
    "",
    text,
    "",
  ].join("\n");
}

function wordsFor(moves: StatePage["moves"], from: string, to: string): string {
  const words = moves[`${from} ${to}`];
  if (words === undefined)
    throw new Error(`docs/generate-states.ts has no cause for the transition from ${from} to ${to}`);
  return words;
}

if (import.meta.main) {
  for (const [file, text] of statePages()) writeFileSync(join(import.meta.dirname, "states", file), text);
}
