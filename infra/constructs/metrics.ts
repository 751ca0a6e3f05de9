import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { metricNamespace, type Measurement } from "../../shared/domain/measurements.ts";

/** The period over which most alarms sum a metric before they compare it. */
export const alarmPeriod = Duration.minutes(5);

/** One of our own metrics, over all functions of a stage. */
export function ownMetric(stage: string, metricName: Measurement, statistic = "Sum"): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { stage },
    statistic,
    period: alarmPeriod,
  });
}

/** A metric of an AWS service. */
export function serviceMetric(
  [namespace, metricName]: readonly [namespace: string, metricName: string],
  dimensionsMap: Record<string, string> = {},
  { statistic = "Sum", period = alarmPeriod } = {},
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic, period });
}

/** CloudWatch takes no more metrics in the expression of an alarm ("Limits" of alarms in its guide). */
const mostInOneAlarm = 10;

/**
 * The sum, or the largest, of several metrics, as one that an alarm can watch. A metric without data counts as 0.
 * @throws Error for more than ten metrics
 */
export function together(how: "SUM" | "MAX", metrics: readonly Metric[], label: string): MathExpression {
  if (metrics.length > mostInOneAlarm) throw new Error(`An alarm takes ${mostInOneAlarm} metrics: ${label}`);
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `${how}(FILL(METRICS(), 0))`,
    usingMetrics,
    label,
    period: alarmPeriod,
  });
}

/** One metric less another that is part of it. A metric without data counts as 0. */
export function without(all: Metric, part: Metric, label: string): MathExpression {
  return new MathExpression({
    expression: "FILL(all, 0) - FILL(part, 0)",
    usingMetrics: { all, part },
    label,
    period: alarmPeriod,
  });
}

/** How often functions failed: threw, or ran out of time or memory. */
export function failuresOf(functions: readonly IFunction[], label: string): MathExpression {
  return together(
    "SUM",
    functions.map((one) => one.metricErrors({ period: alarmPeriod, statistic: "Sum" })),
    label,
  );
}

/** All metrics that a CloudWatch search expression finds; only dashboards can use it. */
export function found(search: string, statistic: string, label: string): IMetric {
  return new MathExpression({
    expression: `SEARCH('${search}', '${statistic}', 300)`,
    label,
    period: alarmPeriod,
  });
}
