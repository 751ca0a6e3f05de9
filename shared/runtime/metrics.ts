import { measurements, type Measure } from "../domain/measurements.ts";

/**
 * Writes a measurement to the log in CloudWatch's embedded format: no call, nothing to wait for. Written by
 * hand, since Powertools' class for it takes 12 KB of a bundle; namespace and service are where that finds
 * them too.
 */
export const measure: Measure = (name, value, reason) => {
  const dimensions = {
    service: process.env["POWERTOOLS_SERVICE_NAME"] ?? "unknown",
    ...(reason !== undefined && { reason }),
  };
  const about = {
    Namespace: process.env["POWERTOOLS_METRICS_NAMESPACE"] ?? "Portero",
    Dimensions: [Object.keys(dimensions)],
    Metrics: [{ Name: name, Unit: measurements[name] }],
  };
  const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [about] }, ...dimensions, [name]: value };
  // Not by way of the console, which Lambda wraps so that CloudWatch would not know it for a measurement.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
