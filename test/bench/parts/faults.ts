import { MailRun, type MailFigures } from "../mail-faults.ts";
import { OperationRun } from "../operation-faults.ts";
import type { Findings, Part } from "../report.ts";

const mails = 10_000;
const cleanMails = 1_000;
const trouble = { throttled: 0.05, answerLost: 0.01, kills: 200 };
const noTrouble = { throttled: 0, answerLost: 0, kills: 0 };
/** How long those may wait that come behind a mail that fails by itself. */
const patienceSeconds = 60;
const roundsOfEach = 6;

/** The fate of mails and requests when services fail, on the real local stack. */
export const faults: Part = {
  title: "mails and requests while services fail and functions are killed",
  run: async (findings) => {
    findings.note(`Seed: ${findings.seed}; with \`--seed\` the same calls fail again.`);
    await mailsInTrouble(findings);
    await poison(findings);
    await requestsInTrouble(findings);
  },
};

async function mailsInTrouble({ figure, note, progress, seed }: Findings): Promise<void> {
  progress("mails: starting the local stack");
  const run = await MailRun.start();
  try {
    const found = await run.send(mails, { trouble, seed, progress });
    const { throttled, answersLost, kills, ambiguous, seconds } = found;
    note(
      `${mails} mails: SES throttled ${throttled} calls, ${answersLost} answers were lost, ${kills} kills, ${seconds.toFixed(0)} s.`,
    );
    figure({ what: "kills", value: kills, unit: "environments" });
    figure({ what: "lost", value: found.lost, unit: "mails", budget: 0 });
    figure({ what: "duplicates", value: found.duplicates, unit: "mails", budget: ambiguous });
    figure({
      what: "duplicates that no lost answer explains",
      value: found.unexplained,
      unit: "mails",
      budget: 0,
    });
    figure({ what: "given up", value: found.gaveUp, unit: "records", budget: 0 });
    progress("every record once more");
    figure({
      what: "sent when every record comes again",
      value: await run.again(mails),
      unit: "mails",
      budget: 0,
    });
    const clean = await run.send(cleanMails, { trouble: noTrouble, seed, progress });
    figure({ what: `of ${cleanMails} without faults, lost`, value: clean.lost, unit: "mails", budget: 0 });
    figure({
      what: `of ${cleanMails} without faults, duplicates`,
      value: clean.duplicates,
      unit: "mails",
      budget: 0,
    });
    note(`Without faults ${rate(clean)} mails a second, with them ${rate(found)}.`);
  } finally {
    await run.stop();
  }
}

const rate = ({ mails: count, seconds }: MailFigures) => (count / seconds).toFixed(0);

async function poison({ figure, note, progress }: Findings): Promise<void> {
  progress("poison: starting the local stack");
  const run = await MailRun.start("node test/bench/impatient-app.ts");
  try {
    const found = await run.poison(200, progress);
    figure({
      what: "behind mails that fail by themselves, not sent",
      value: found.othersLeft,
      unit: "mails",
      budget: 0,
    });
    const slowest = {
      value: found.slowestSeconds,
      unit: "s",
      budget: patienceSeconds,
      kind: "time" as const,
    };
    figure({ what: "behind mails that fail by themselves, the last sent after", ...slowest });
    figure({
      what: "failing by themselves, not set aside",
      value: 2 - found.setAside,
      unit: "mails",
      budget: 0,
    });
    figure({
      what: "throttled for ever, not among the dead letters",
      value: 1 - found.deadLetters,
      unit: "mails",
      budget: 0,
    });
    figure({ what: "not sent after that, of all others", value: found.leftAtLast, unit: "mails", budget: 0 });
    note(
      `Behind a mail that SES throttles for ever ${found.heldUp} of 200 waited until it was given up: those of its lane.`,
    );
  } finally {
    await run.stop();
  }
}

async function requestsInTrouble({ figure, note, progress, seed }: Findings): Promise<void> {
  progress("requests: starting the local stack");
  const run = await OperationRun.start(seed);
  try {
    const { requests, done, notAtAll, followed, unheard, torn, disturbed } = await run.run(
      roundsOfEach,
      progress,
    );
    figure({ what: "requests in trouble", value: requests, unit: "requests" });
    figure({ what: "done, and answered so", value: done, unit: "requests" });
    figure({ what: "not done, answered 503, done when tried again", value: notAtAll, unit: "requests" });
    figure({ what: "accepted, answered 503, and completed by the job", value: followed, unit: "requests" });
    figure({ what: "done, answered 503 since the last answer was lost", value: unheard, unit: "requests" });
    figure({
      what: "done in part, or answered otherwise than done",
      value: torn.length,
      unit: "requests",
      budget: 0,
    });
    const counts = Object.entries(disturbed).map(([name, count]) => `${name} ${count}`);
    note(`Calls that failed in ${requests} requests: ${counts.join(", ")}.`);
    for (const line of torn) note(`  ${line}`);
  } finally {
    await run.stop();
  }
}
