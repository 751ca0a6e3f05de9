import { measurements, ownNamespace, type Measure } from "../domain/measurements.ts";

/**
 * Writes a metric to the log in CloudWatch's embedded metric format, which needs no call. It is written by hand,
 * because the class in Powertools adds 12 KB to a bundle; it uses the same variables for namespace and service.
 */
export const measure: Measure = (name, value, reason) => {
  const dimensions = {
    service: process.env["POWERTOOLS_SERVICE_NAME"] ?? "unknown",
    ...(reason !== undefined && { reason }),
  };
  const about = {
    Namespace: process.env["POWERTOOLS_METRICS_NAMESPACE"] ?? ownNamespace,
    Dimensions: [Object.keys(dimensions)],
    Metrics: [{ Name: name, Unit: measurements[name] }],
  };
  const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [about] }, ...dimensions, [name]: value };
  // Lambda's console adds a prefix, with which CloudWatch would not recognise the metric.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
