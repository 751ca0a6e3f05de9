/*
 * A small evaluator of CloudWatch's metric alarms, for the settings and expressions that our alarms use ("Evaluating an
 * alarm" and "Using metric math" in its guide).
 */

/** A metric that an alarm watches, alone or in an expression. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  /** Values that only a deployment knows are the JSON of their reference. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
}

export interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly TreatMissingData: string;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Metrics?: readonly MetricQuery[];
}

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly Dimension[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

export type AlarmState = "OK" | "ALARM";

/** The value of a metric in one period; null if nothing was measured. */
export type Measured = (metric: WatchedMetric) => number | null;

function metric(
  {
    Namespace,
    MetricName,
    Dimensions = [],
  }: Pick<AlarmProperties, "Namespace" | "MetricName" | "Dimensions">,
  statistic: string | undefined,
  period: number | undefined,
): WatchedMetric {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return {
    namespace: Namespace ?? "",
    name: MetricName ?? "",
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, text(Value)])),
    statistic: statistic ?? "",
    periodSeconds: period ?? 0,
  };
}

function queriesOf({ Metrics = [] }: AlarmProperties): [id: string, metric: WatchedMetric][] {
  return Metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[Id, metric(MetricStat.Metric, MetricStat.Stat, MetricStat.Period)] as const] : [],
  ).map(([id, one]) => [id, one]);
}

/** All metrics that an alarm watches. */
export function metricsOf(alarm: AlarmProperties): WatchedMetric[] {
  if (alarm.MetricName !== undefined) return [metric(alarm, alarm.Statistic, alarm.Period)];
  return queriesOf(alarm).map(([, one]) => one);
}

/** The number that the alarm compares in one period. @throws Error for an expression that no alarm of ours has */
function compared(alarm: AlarmProperties, measured: Measured): number | null {
  if (alarm.MetricName !== undefined) return measured(metric(alarm, alarm.Statistic, alarm.Period));
  const filled = new Map(queriesOf(alarm).map(([id, one]) => [id, measured(one) ?? 0]));
  const { Expression = "" } = alarm.Metrics?.find(({ ReturnData }) => ReturnData !== false) ?? {};
  const [, how] = /^(SUM|MAX)\(FILL\(METRICS\(\), 0\)\)$/.exec(Expression) ?? [];
  if (how === "MAX") return Math.max(...filled.values());
  if (how === "SUM") return [...filled.values()].reduce((sum, one) => sum + one, 0);
  const [, all = "", part = ""] = /^FILL\((\w+), 0\) - FILL\((\w+), 0\)$/.exec(Expression) ?? [];
  const [whole, less] = [filled.get(all), filled.get(part)];
  if (whole === undefined || less === undefined) throw new Error(`An unknown expression: ${Expression}`);
  return whole - less;
}

function breaches(alarm: AlarmProperties, value: number | null, before: AlarmState): boolean {
  if (value === null) {
    const { TreatMissingData: missing } = alarm;
    return missing === "breaching" || (missing === "ignore" && before === "ALARM");
  }
  switch (alarm.ComparisonOperator) {
    case "GreaterThanOrEqualToThreshold":
      return value >= alarm.Threshold;
    case "LessThanThreshold":
      return value < alarm.Threshold;
    default:
      throw new Error(`An unknown comparison: ${alarm.ComparisonOperator}`);
  }
}

/**
 * The state of an alarm after these periods, the last one last.
 * @param before its state until then, which an alarm that ignores missing data keeps
 */
export function stateOf(
  alarm: AlarmProperties,
  periods: readonly Measured[],
  before: AlarmState = "OK",
): AlarmState {
  const { EvaluationPeriods: count, DatapointsToAlarm = count } = alarm;
  const last = periods.slice(-count);
  if (last.length < count) throw new Error(`${alarm.AlarmName} needs ${count} periods`);
  const breaching = last.filter((measured) => breaches(alarm, compared(alarm, measured), before));
  return breaching.length >= DatapointsToAlarm ? "ALARM" : "OK";
}

/** A value that CloudWatch takes out of a log line: one of our own metrics, in the embedded metric format. */
export interface LoggedValue {
  readonly namespace: string;
  readonly name: string;
  readonly value: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** The sets of dimensions that it counts in. */
  readonly dimensionSets: readonly Readonly<Record<string, string>>[];
  /** The function that wrote it. */
  readonly by: string;
}

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [key: string]: unknown;
}

/** The lines of a function's log that are JSON, as Logs Insights sees them. */
export function jsonLines(log: string): Readonly<Record<string, unknown>>[] {
  return log.split("\n").flatMap((line) => {
    try {
      return line.startsWith("{") ? [JSON.parse(line) as Readonly<Record<string, unknown>>] : [];
    } catch {
      // The last line of a log may be half written.
      return [];
    }
  });
}

export function loggedValues(log: string): LoggedValue[] {
  return jsonLines(log).flatMap((line: EmbeddedMetrics) =>
    (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.map(({ Name }) => ({
        namespace: Namespace,
        name: Name,
        value: Number(line[Name]),
        at: line._aws?.Timestamp ?? 0,
        dimensionSets: Dimensions.map((keys) =>
          Object.fromEntries(keys.map((key) => [key, String(line[key])])),
        ),
        by: String(line["service"]),
      })),
    ),
  );
}

const sameDimensions = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

/** A period in which these values were logged, and no other metric was measured. */
export function measuredFrom(values: readonly LoggedValue[]): Measured {
  return ({ namespace, name, dimensions, statistic }) => {
    const found = values
      .filter((one) => one.namespace === namespace && one.name === name)
      .filter(({ dimensionSets }) => dimensionSets.some((set) => sameDimensions(set, dimensions)))
      .map(({ value }) => value);
    if (found.length === 0) return null;
    if (statistic === "Maximum") return Math.max(...found);
    if (statistic === "Sum") return found.reduce((sum, one) => sum + one, 0);
    throw new Error(`An unknown statistic: ${statistic}`);
  };
}
