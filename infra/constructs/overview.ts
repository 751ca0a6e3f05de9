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
import { ownNamespace, type Measurement } from "../../shared/domain/measurements.ts";
import { found } from "./metrics.ts";
import type { Monitoring } from "./monitoring.ts";

export interface OverviewProps {
  readonly stage: string;
  readonly api: HttpApi;
  readonly monitoring: Monitoring;
}

/** A dashboard of sign-ins, mails, jobs and the services they use. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { stage, api, monitoring }: OverviewProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const alarms = monitoring.alarms.filter((alarm) => Stack.of(alarm) === stack);
    new Dashboard(this, "Dashboard", {
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 4 })],
        row(
          graph("Signing in", [own("SignIns"), own("SignInsRefused", "service,reason")]),
          graph("Mails", [
            own("MailsSent"),
            own("MailsRefused"),
            own("MailsSuperseded", "service,reason"),
            own("MailsSetAside"),
          ]),
          graph("Seconds until a mail is sent, and that the oldest has waited", [
            own("MailAge", "service", "Maximum"),
            own("OldestMail", "service", "Maximum"),
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
          graph("Requests and errors", requests(api)),
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

/** One of our own metrics, with a line for each function and reason. */
function own(name: Measurement, dimensions = "service", statistic = "Sum"): IMetric {
  return found(`{${ownNamespace},${dimensions}} MetricName="${name}"`, statistic, name);
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
