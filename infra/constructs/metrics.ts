import { MathExpression, Metric, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { Duration } from "aws-cdk-lib";
import { ownNamespace, type Measurement } from "../../shared/domain/measurements.ts";
import { alarmPeriod } from "./monitoring.ts";

/** One of the metrics that a function writes. */
export function ownMetric(metricName: Measurement, functionFolder: string, statistic = "Sum"): Metric {
  const dimensionsMap = { service: functionFolder };
  return new Metric({ namespace: ownNamespace, metricName, dimensionsMap, statistic, period: alarmPeriod });
}

/** All metrics that a CloudWatch search expression finds; only dashboards can use it. */
export function found(search: string, statistic: string, label: string): IMetric {
  const period = Duration.minutes(5);
  return new MathExpression({ expression: `SEARCH('${search}', '${statistic}', 300)`, label, period });
}
