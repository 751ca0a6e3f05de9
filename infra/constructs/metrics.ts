import { MathExpression, Metric, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { Duration } from "aws-cdk-lib";
import type { Measurement } from "../../shared/domain/measurements.ts";
import { alarmPeriod } from "./monitoring.ts";

/** The namespace of the functions' own measurements. */
export const ownNamespace = "Portero";

/** One of our own measurements, of one function. */
export function ownMetric(metricName: Measurement, functionFolder: string, statistic = "Sum"): Metric {
  const dimensionsMap = { service: functionFolder };
  return new Metric({ namespace: ownNamespace, metricName, dimensionsMap, statistic, period: alarmPeriod });
}

/** All metrics that match a search in CloudWatch's language; only dashboards can show them. */
export function found(search: string, statistic: string, label: string): IMetric {
  const period = Duration.minutes(5);
  return new MathExpression({ expression: `SEARCH('${search}', '${statistic}', 300)`, label, period });
}
