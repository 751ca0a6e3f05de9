import { measurements, metricNamespace, type Measure } from "../domain/measurements.ts";

/**
 * Writes a metric to the log in CloudWatch's embedded metric format, which needs no call. It is written by hand,
 * because the class in Powertools adds 12 KB to a bundle. Its dimension is the stage, since an account may hold more
 * than one; a value with a reason counts in the series of the stage and in that of the reason. The function's name is
 * in the line, and no dimension, so that one alarm watches all functions.
 */
export const measure: Measure = (name, value, reason) => {
  const stage = process.env["STAGE"] ?? "unknown";
  const about = {
    Namespace: metricNamespace,
    Dimensions: reason === undefined ? [["stage"]] : [["stage"], ["stage", "reason"]],
    Metrics: [{ Name: name, Unit: measurements[name] }],
  };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [about] },
    service: process.env["POWERTOOLS_SERVICE_NAME"] ?? "unknown",
    stage,
    ...(reason !== undefined && { reason }),
    [name]: value,
  };
  // Lambda's console adds a prefix, with which CloudWatch would not recognise the metric.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
