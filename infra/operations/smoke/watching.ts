import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CloudWatchClient,
  ListMetricsCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { metricNamespace } from "../../../shared/domain/measurements.ts";
import { queueSettings } from "../installation.ts";
import { ask, failed, faultsOr, ok, skipped, type Check, type Outcome } from "./check.ts";
import { isYoung } from "./work.ts";
import { ofType, type Place, type Resource } from "./place.ts";
import { again, faultsOfAll, onAws } from "./resources.ts";

/* Checks of dead letters, alarms, metrics and logs; they describe, and never change. */

async function deadLetters(place: Place): Promise<Outcome[]> {
  const { count, faults } = await faultsOfAll(place, "AWS::SQS::Queue", async (queue) => {
    const messages = await messagesIn(queue, place);
    return messages === 0 ? [] : [`${messages} dead letters`];
  });
  return faultsOr(`${count} queues, all empty`, faults, "docs/runbooks/dead-letters.md");
}

async function messagesIn(
  { physicalId: QueueUrl, logicalId }: Resource,
  { installation, directory }: Place,
): Promise<number> {
  if (directory !== null) {
    const lines = await readFile(join(directory, "queues", `${logicalId}.jsonl`), "utf8").catch(() => "");
    return lines.split("\n").filter(Boolean).length;
  }
  const { Attributes } = await new SQSClient(queueSettings(installation)).send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function alarms(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchClient(place.installation.client);
  const found = new Map<string, MetricAlarm>();
  const AlarmNames = ofType(place, "AWS::CloudWatch::Alarm").map(({ physicalId }) => physicalId);
  // DescribeAlarms takes 100 names at a time.
  for (let start = 0; start < AlarmNames.length; start += 100) {
    const some = { AlarmNames: AlarmNames.slice(start, start + 100) };
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, some))
      for (const alarm of MetricAlarms) found.set(alarm.AlarmName ?? "", alarm);
  }
  const young = await isYoung(place);
  const faults = AlarmNames.length === 0 ? ["the stacks have no alarms"] : [];
  const questions: Outcome[] = [];
  for (const name of AlarmNames) {
    const alarm = found.get(name);
    if (!alarm) faults.push(`${name} does not exist`);
    else if (!alarm.ActionsEnabled || !alarm.AlarmActions?.length) faults.push(`${name} tells nobody`);
    else if (alarm.StateValue === "ALARM" && young && name.includes("Missed"))
      questions.push(
        ask(`${name} is on, as it should be until the job's first run. Has its mail arrived at alarmEmail?`),
      );
    else if (alarm.StateValue === "ALARM") faults.push(`${name} is on: ${alarm.AlarmDescription ?? ""}`);
  }
  const seen = `${AlarmNames.length} alarms, with an action each; none is on`;
  return [...questions, ...faultsOr(seen, faults, "follow the alarm's runbook, or deploy again")];
}

async function metrics(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchClient(place.installation.client);
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: metricNamespace }));
  const names = new Set(Metrics.map(({ MetricName = "" }) => MetricName));
  if (names.size > 0) return [ok(`extracted from the logs: ${[...names].sort().join(", ")}`)];
  return (await isYoung(place))
    ? [skipped("none yet, and the installation is younger than a day: sign in, and run this again")]
    : [
        failed(
          `no metric in ${metricNamespace}`,
          "compare the log of sessions with CloudWatch's embedded format",
        ),
      ];
}

const LogProperties = z.looseObject({ RetentionInDays: z.optional(z.number()) });

async function logs(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchLogsClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Logs::LogGroup",
    async ({ physicalId: logGroupNamePrefix, properties }) => {
      const wanted = z.parse(LogProperties, properties).RetentionInDays;
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
        const group = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
        if (!group) continue;
        const seen = group.retentionInDays;
        return seen === wanted ? [] : [`kept for ${seen ?? "all"} days, not ${wanted ?? "all"}`];
      }
      return ["it does not exist"];
    },
  );
  return faultsOr(`${count} groups, kept as long as configured`, faults, again);
}

export const watchingChecks: readonly Check[] = [
  { name: "dead-letters", run: deadLetters },
  { name: "alarms", run: onAws("CloudWatch", alarms) },
  { name: "metrics", run: onAws("CloudWatch", metrics) },
  { name: "logs", run: onAws("CloudWatch Logs", logs) },
];
