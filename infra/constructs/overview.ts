import { Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Metric,
  type IMetric,
  type IWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { HttpApi } from "./http-api.ts";
import { metricNamespace, type Measurement } from "../../shared/domain/measurements.ts";
import { found, ownMetric } from "./metrics.ts";
import type { Monitoring } from "./monitoring.ts";

export interface OverviewProps {
  readonly api: HttpApi;
  readonly monitoring: Monitoring;
}

/** A dashboard of sign-ins, mails, jobs and the services they use. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { api, monitoring }: OverviewProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { stage } = monitoring;
    const own = (name: Measurement, how: Parameters<typeof ownMetrics>[2] = {}) =>
      ownMetrics(stage, name, how);
    const alarms = monitoring.alarms.filter((alarm) => Stack.of(alarm) === stack);
    new Dashboard(this, "Dashboard", {
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 4 })],
        row(
          graph("Signing in", [
            own("SignIns"),
            own("AdmissionsRefused", { byReason: true }),
            own("SignInsRefused", { byReason: true }),
          ]),
          graph("Mails", [
            own("MailsSent"),
            own("MailsRefused"),
            own("MailsSuperseded", { byReason: true }),
            own("MailsSetAside", { statistic: "Maximum" }),
          ]),
          graph("Seconds until a mail is sent, and that the oldest has waited", [
            own("MailAge", { statistic: "Maximum" }),
            own("OldestMail", { statistic: "Maximum" }),
          ]),
        ),
        row(
          graph("Jobs", [
            own("JobEntriesDue"),
            own("JobEntriesDone"),
            own("JobEntriesFailed"),
            own("JobAccountsKept"),
          ]),
          graph("Shares of mails that bounce or are complained about", reputation()),
          graph("Dead letters", [
            ofStage(stage, "AWS/SQS,QueueName", "ApproximateNumberOfMessagesVisible", "Maximum"),
          ]),
        ),
        row(
          graph("Requests and errors", [...requests(api), own("UnforeseenErrors")]),
          graph("Milliseconds until the answer", latencies(api)),
          graph("Failures of functions", [ofStage(stage, "AWS/Lambda,FunctionName", "Errors", "Sum")]),
        ),
        row(
          graph("Milliseconds that functions take, at worst", [
            ofStage(stage, "AWS/Lambda,FunctionName", "Duration", "Maximum"),
          ]),
          graph("Read units", [ofStage(stage, "AWS/DynamoDB,TableName", "ConsumedReadCapacityUnits", "Sum")]),
          graph("Write units", [
            ofStage(stage, "AWS/DynamoDB,TableName", "ConsumedWriteCapacityUnits", "Sum"),
          ]),
        ),
      ],
    });
  }
}

const row = (...widgets: IWidget[]) => widgets;

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}

/** One of our own metrics: one line, or one for each reason. */
function ownMetrics(
  stage: string,
  name: Measurement,
  { byReason = false, statistic = "Sum" }: { readonly byReason?: boolean; readonly statistic?: string },
): IMetric {
  if (!byReason) return ownMetric(stage, name, statistic);
  return found(
    `{${metricNamespace},stage,reason} MetricName="${name}" stage="${stage}"`,
    statistic,
    `${name}: \${PROP('Dim.reason')}`,
  );
}

/** Names of resources begin with the name of the stack, which begins with the stage's. */
function ofStage(stage: string, dimensions: string, metric: string, statistic: string): IMetric {
  return found(`{${dimensions}} MetricName="${metric}" "${stage}-portero"`, statistic, "");
}

function reputation(): IMetric[] {
  return ["Reputation.BounceRate", "Reputation.ComplaintRate"].map(
    (metricName) => new Metric({ namespace: "AWS/SES", metricName, statistic: "Maximum" }),
  );
}

function requests({ restApi }: HttpApi): IMetric[] {
  return [restApi.metricCount(), restApi.metricClientError(), restApi.metricServerError()];
}

function latencies({ restApi }: HttpApi): IMetric[] {
  return ["p50", "p99"].map((statistic) => restApi.metricLatency({ statistic }));
}
