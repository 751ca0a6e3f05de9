import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { alarmPeriod, type Monitoring } from "./monitoring.ts";
import type { Tables } from "./tables.ts";

export interface ThrottlingProps {
  readonly monitoring: Monitoring;
  readonly tables: Tables;
  /** The function whose reserved concurrency turns calls away as a matter of course; its stream waits. */
  readonly capped: IFunction;
}

/** Alarms for requests that AWS throttled. */
export class Throttling extends Construct {
  constructor(scope: Construct, id: string, { monitoring, tables, capped }: ThrottlingProps) {
    super(scope, id);
    monitoring.watch(this, "Functions", {
      metric: throttledCalls(capped),
      threshold: 1,
      description: "Lambda turned calls away: the account has no concurrency left.",
      runbook: "throttling",
    });
    for (const [name, table] of [
      ["Portero", tables.main] as const,
      ["PorteroAudit", tables.audit] as const,
    ]) {
      monitoring.watch(this, name, {
        metric: throttledRequests(table),
        threshold: 10,
        description: `DynamoDB turned requests to the table ${name} away: a partition is asked too much of.`,
        runbook: "throttling",
      });
    }
  }
}

/** Over all functions together, because they share the account's concurrency. */
function throttledCalls(capped: IFunction): MathExpression {
  const all = new Metric({
    namespace: "AWS/Lambda",
    metricName: "Throttles",
    statistic: "Sum",
    period: alarmPeriod,
  });
  return new MathExpression({
    expression: "FILL(calls, 0) - FILL(capped, 0)",
    usingMetrics: {
      calls: all,
      capped: capped.metricThrottles({ statistic: "Sum", period: alarmPeriod }),
    },
    label: "Throttled calls",
    period: alarmPeriod,
  });
}

function throttledRequests(table: Table): MathExpression {
  const event = (name: string) => table.metric(name, { statistic: "Sum", period: alarmPeriod });
  return new MathExpression({
    expression: "FILL(reads, 0) + FILL(writes, 0)",
    usingMetrics: { reads: event("ReadThrottleEvents"), writes: event("WriteThrottleEvents") },
    label: "Throttled requests",
    period: alarmPeriod,
  });
}
