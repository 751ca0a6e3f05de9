import { Duration, Stack } from "aws-cdk-lib";
import { TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { dueIndex } from "../../shared/dynamodb/keys.ts";
import type { Configuration } from "../config.ts";
import { firewallMetric } from "./firewall.ts";
import type { HttpApi } from "./http-api.ts";
import { alarmPeriod, failuresOf, ownMetric, serviceMetric, together, without } from "./metrics.ts";
import type { Monitoring, Watch } from "./monitoring.ts";
import type { Tables } from "./tables.ts";

export interface AlarmsProps {
  readonly monitoring: Monitoring;
  readonly configuration: Pick<Configuration, "mailsPerDay" | "refusedSignInsAlarm">;
  readonly api: HttpApi;
  readonly tables: Tables;
  /** All functions of the stack, each in one group; a group has ten at most. */
  readonly functions: Readonly<Record<"api" | "pages" | "background", readonly IFunction[]>>;
  readonly sendMail: IFunction;
  /** Jobs by the alarm that says that they were missed. */
  readonly everyFiveMinutes: Readonly<Record<string, IFunction>>;
  readonly daily: Readonly<Record<string, IFunction>>;
  readonly deadLetters: readonly IQueue[];
}

/** At least this many requests that the firewalls blocked in five minutes are more than one busy organisation. */
const manyBlocked = 1_000;

/** The share of a day's mails at which there is time left to ask AWS for more. */
const mostOfADay = 0.8;

/** SES's measures of the whole account, because that is what AWS judges; shares lie between 0 and 1. */
const sesMetric = (metricName: string, statistic: string, period: Duration) =>
  serviceMetric(["AWS/SES", metricName], {}, { statistic, period });

/**
 * The alarms of the app stack. Few, each over all functions or tables that it can be about: the dashboard and the
 * runbook tell which one it was.
 */
export class Alarms extends Construct {
  readonly #watch: (name: string, watch: Watch) => void;
  readonly #props: AlarmsProps;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#props = props;
    this.#watch = (name, watch) => props.monitoring.watch(this, name, watch);
    this.#watchRequests();
    this.#watchFunctions();
    this.#watchMail();
    this.#watchReputation();
    this.#watchJobs();
    this.#watchThrottling();
    this.#watchAttacks();
  }

  #own(...parts: [name: Parameters<typeof ownMetric>[1], statistic?: string]) {
    return ownMetric(this.#props.monitoring.stage, ...parts);
  }

  #watchRequests(): void {
    this.#watch("server-errors", {
      metric: this.#props.api.restApi.metricServerError({ period: alarmPeriod, statistic: "Sum" }),
      threshold: 5,
      description: "Requests are answered with server errors.",
      runbook: "server-errors",
    });
    // Every 500 is a fault of ours, so that one is enough: a rare route that always fails has no more.
    this.#watch("unforeseen-errors", {
      metric: this.#own("UnforeseenErrors"),
      threshold: 1,
      description: "A request was answered with 500: something happened that the code does not foresee.",
      runbook: "server-errors",
    });
  }

  #watchFunctions(): void {
    const { functions, deadLetters } = this.#props;
    for (const [group, members] of Object.entries(functions)) {
      this.#watch(`functions-failed-${group}`, {
        metric: failuresOf(members, "Failures of functions"),
        threshold: 1,
        description: `A function (${group}) failed: it threw, or ran out of time or memory.`,
        runbook: "function-errors",
      });
    }
    this.#watch("dead-letters", {
      metric: together(
        "MAX",
        deadLetters.map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: "Maximum" }),
        ),
        "Dead letters",
      ),
      threshold: 1,
      description: "A function gave up on work after all retries; a dead-letter queue keeps it.",
      runbook: "dead-letters",
    });
  }

  #watchMail(): void {
    this.#watch("mail-stream-lag", {
      metric: this.#props.sendMail.metric("IteratorAge", { period: alarmPeriod, statistic: "Maximum" }),
      threshold: Duration.minutes(30).toMilliseconds(),
      description: "send-mail has been behind for half an hour: what it calls refuses or is down.",
      runbook: "oldest-mail",
    });
    this.#watch("oldest-mail", {
      metric: this.#own("OldestMail", "Maximum"),
      threshold: Duration.minutes(30).toSeconds(),
      description: "A mail has waited for half an hour, whatever it is that does not send it.",
      runbook: "oldest-mail",
    });
    this.#watch("mail-set-aside", {
      metric: this.#own("MailsSetAside", "Maximum"),
      threshold: 1,
      description:
        "A mail cannot be sent: what is stored for it is damaged, or it alone fails. It waits, and nobody else's does.",
      runbook: "mail-set-aside",
    });
    this.#watch("mail-refused", {
      metric: this.#own("MailsRefused"),
      threshold: 1,
      description: "SES refused a mail for good, so somebody does not get it.",
      runbook: "mail-refused",
    });
  }

  /** AWS puts an account under review at these shares. It measures only while mails are sent. */
  #watchReputation(): void {
    const { mailsPerDay } = this.#props.configuration;
    const missing = TreatMissingData.IGNORE;
    this.#watch("mail-bounces", {
      metric: sesMetric("Reputation.BounceRate", "Maximum", Duration.hours(1)),
      threshold: 0.05,
      description: "5 % of all mails bounce: AWS may stop the account's sending.",
      runbook: "mail-reputation",
      missing,
    });
    this.#watch("mail-complaints", {
      metric: sesMetric("Reputation.ComplaintRate", "Maximum", Duration.hours(1)),
      threshold: 0.001,
      description: "0.1 % of all mails are complained about: AWS may stop the account's sending.",
      runbook: "mail-reputation",
      missing,
    });
    this.#watch("mail-quota", {
      metric: sesMetric("Send", "Sum", Duration.days(1)),
      threshold: Math.floor(mailsPerDay * mostOfADay),
      description:
        "The account has sent four fifths of the mails that SES takes in a day; the rest would wait.",
      runbook: "mail-quota",
    });
  }

  #watchJobs(): void {
    const { everyFiveMinutes, daily } = this.#props;
    this.#watch("job-entries-failed", {
      metric: this.#own("JobEntriesFailed"),
      threshold: 1,
      description: "A run of a daily job could not deal with everything that is due.",
      runbook: "job-failed",
    });
    this.#watch("last-contract-manager", {
      metric: this.#own("JobAccountsKept"),
      threshold: 1,
      description:
        "The last contract manager has not signed in for so long that the account should have lapsed; it stays.",
      runbook: "last-contract-manager",
    });
    for (const [job, called] of Object.entries(everyFiveMinutes)) {
      this.#watchStarts(job, called, { period: alarmPeriod, periods: 3, what: "15 minutes" });
    }
    for (const [job, called] of Object.entries(daily)) {
      this.#watchStarts(job, called, { period: Duration.days(1), periods: 1, what: "a day" });
    }
  }

  #watchStarts(
    job: string,
    called: IFunction,
    { period, periods, what }: { period: Duration; periods: number; what: string },
  ): void {
    this.#watch(`${job}-missed`, {
      metric: called.metricInvocations({ period, statistic: "Sum" }),
      threshold: 1,
      periods,
      below: true,
      missing: TreatMissingData.BREACHING,
      description: `${job} has not been started for ${what}.`,
      runbook: "job-missed",
    });
  }

  #watchThrottling(): void {
    const { sendMail, tables } = this.#props;
    // Over all functions together, because they share the account's concurrency; `send-mail` has a ceiling of its own,
    // which turns calls away as a matter of course, and its stream waits.
    this.#watch("functions-throttled", {
      metric: without(
        serviceMetric(["AWS/Lambda", "Throttles"]),
        sendMail.metricThrottles({ statistic: "Sum", period: alarmPeriod }),
        "Throttled calls",
      ),
      threshold: 1,
      description: "Lambda turned calls away: the account has no concurrency left.",
      runbook: "throttling",
    });
    // A local index shares the capacity of its table's partitions, a global one has its own and a metric of its own.
    const places = [
      { TableName: tables.main.tableName },
      { TableName: tables.main.tableName, GlobalSecondaryIndexName: dueIndex.name },
      { TableName: tables.audit.tableName },
    ];
    const events = ["ReadThrottleEvents", "WriteThrottleEvents"];
    this.#watch("tables-throttled", {
      metric: together(
        "SUM",
        places.flatMap((place) => events.map((event) => serviceMetric(["AWS/DynamoDB", event], place))),
        "Throttled requests",
      ),
      threshold: 10,
      description: "DynamoDB turned requests to a table or its index away: a partition is asked too much of.",
      runbook: "throttling",
    });
  }

  #watchAttacks(): void {
    const { monitoring, configuration } = this.#props;
    this.#watch("sign-ins-refused", {
      metric: this.#own("SignInsRefused"),
      threshold: configuration.refusedSignInsAlarm,
      description: "Far more sign-ins are refused than usual: somebody may be guessing passwords.",
      runbook: "sign-in-attack",
    });
    const { region } = Stack.of(this);
    this.#watch("requests-blocked", {
      metric: together(
        "SUM",
        (["api", "login"] as const).map((firewall) =>
          serviceMetric(["AWS/WAFV2", "BlockedRequests"], {
            WebACL: firewallMetric(monitoring.stage, firewall),
            Rule: "ALL",
            Region: region,
          }),
        ),
        "Blocked requests",
      ),
      threshold: manyBlocked,
      description: "The firewalls block many requests: an attack, or a rule that blocks good ones.",
      runbook: "firewall-blocks",
    });
  }
}
