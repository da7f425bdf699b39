import { type App, resourcesOf } from '../app/app';
import type { Clock } from '../clock/clock';
import { type FilterPattern, fieldOf, parseFilterPattern } from './filter-pattern';
import type { Queue } from './queue';

/** The dimensions of a metric. */
export type Dimensions = Readonly<Record<string, string>>;

/** Receives the values of metrics. */
export interface Metrics {
  readonly add: (namespace: string, name: string, dimensions: Dimensions, value: number) => void;
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: Metric; readonly Stat: string; readonly Period: number };
}

interface AlarmProperties extends Partial<Metric> {
  readonly Metrics?: readonly MetricQuery[];
  readonly Statistic?: string;
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
  readonly Threshold: number;
}

interface MetricFilterProperties {
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
  }[];
}

/** An alarm of the template: the metrics that it adds up, and what it has seen in this period. */
interface Alarm {
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  readonly isMaximum: boolean;
  readonly threshold: number;
  value: number;
  /** The ends of the periods in which it was raised, in ms since 1970. */
  readonly raisedAt: number[];
}

interface MetricFilter {
  readonly logGroup: string;
  readonly pattern: FilterPattern;
  readonly metrics: MetricFilterProperties['MetricTransformations'];
}

/** The period of every alarm, in s. */
const PERIOD = 300;

/** CloudWatch: the alarms and the metric filters of the template. */
export class CloudWatch implements Metrics {
  private readonly alarms: readonly Alarm[];
  private readonly filters: readonly MetricFilter[];

  constructor(
    app: App,
    private readonly clock: Clock,
    private readonly queues: readonly Queue[],
  ) {
    this.alarms = resourcesOf<AlarmProperties>(app, 'AWS::CloudWatch::Alarm').map(
      ({ logicalId, properties }) => alarmOf(logicalId, properties),
    );
    this.filters = resourcesOf<MetricFilterProperties>(app, 'AWS::Logs::MetricFilter').map(
      ({ properties }) => ({
        logGroup: properties.LogGroupName,
        pattern: parseFilterPattern(properties.FilterPattern),
        metrics: properties.MetricTransformations,
      }),
    );
    clock.after(PERIOD * 1000, () => this.endPeriod());
  }

  readonly add: Metrics['add'] = (namespace, name, dimensions, value) => {
    const key = keyOf(namespace, name, dimensions);
    for (const alarm of this.alarms) {
      if (!alarm.keys.has(key)) continue;
      alarm.value = alarm.isMaximum ? Math.max(alarm.value, value) : alarm.value + value;
    }
  };

  /** Reads a line of a log, as the metric filters do. */
  readLine(logGroup: string, line: unknown): void {
    for (const filter of this.filters) {
      if (filter.logGroup !== logGroup || !filter.pattern(line)) continue;
      for (const { MetricNamespace, MetricName, MetricValue } of filter.metrics)
        this.add(MetricNamespace, MetricName, {}, numberIn(MetricValue, line));
    }
  }

  /** When an alarm was raised; its heading in docs/operations.md is in its logical id. */
  raised(heading: string): readonly number[] {
    const alarm = this.alarms.find(({ name }) => new RegExp(`${heading}[0-9A-F]{8}$`).test(name));
    if (!alarm) throw new Error(`the template has no alarm ${heading}`);
    return alarm.raisedAt;
  }

  private endPeriod(): void {
    const now = this.clock.now();
    for (const queue of this.queues) this.measure(queue);
    for (const alarm of this.alarms) {
      if (alarm.value >= alarm.threshold) alarm.raisedAt.push(now);
      alarm.value = 0;
    }
    this.clock.after(PERIOD * 1000, () => this.endPeriod());
  }

  private measure(queue: Queue): void {
    if (queue.messages.size === 0) return;
    const QueueName = queue.name;
    const visible = queue.messages.size - queue.inFlight;
    this.add('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName }, visible);
    // SQS leaves out what was received three times.
    const ages = [...queue.messages.values()]
      .filter(({ receiveCount }) => receiveCount < 3)
      .map(({ sentAt }) => (this.clock.now() - sentAt) / 1000);
    if (ages.length > 0)
      this.add('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName }, Math.max(...ages));
  }
}

/** @throws Error for an alarm that works in another way than the model. */
function alarmOf(name: string, properties: AlarmProperties): Alarm {
  const wrong = unknownParts(properties);
  if (wrong.length > 0) throw new Error(`there is no model of ${wrong.join(', ')} of the alarm ${name}`);
  const { Metrics = [], Statistic, Threshold, Namespace, MetricName } = properties;
  const added = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
  const metrics = Namespace && MetricName ? [{ ...properties, Namespace, MetricName }] : added;
  return {
    name,
    keys: new Set(
      metrics.map(({ Namespace, MetricName, Dimensions = [] }) =>
        keyOf(Namespace, MetricName, Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))),
      ),
    ),
    isMaximum: Statistic === 'Maximum',
    threshold: Threshold,
    value: 0,
    raisedAt: [],
  };
}

/** The properties of an alarm that the model does not play: it adds up, or takes the most of, one period. */
function unknownParts(properties: AlarmProperties): string[] {
  const { Metrics, Statistic = '', Period, EvaluationPeriods, DatapointsToAlarm = 1 } = properties;
  const { ComparisonOperator, TreatMissingData } = properties;
  const known = {
    ComparisonOperator: ComparisonOperator === 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: EvaluationPeriods === 1,
    DatapointsToAlarm: DatapointsToAlarm === 1,
    TreatMissingData: TreatMissingData === 'notBreaching',
    Statistic: Metrics ? Statistic === '' : ['Sum', 'Maximum'].includes(Statistic),
    Period: Metrics ? Period === undefined : Period === PERIOD,
    Metrics: Metrics === undefined || isSum(Metrics),
  };
  return Object.entries(known).flatMap(([property, isKnown]) => (isKnown ? [] : [property]));
}

/** Whether the queries are metrics of one period, and one expression with the sum of them all. */
function isSum(queries: readonly MetricQuery[]): boolean {
  const metrics = queries.filter(({ MetricStat }) => MetricStat);
  const expressions = queries.flatMap(({ Expression }) => Expression ?? []);
  const sum = `SUM([${metrics.map(({ Id }) => Id).join(', ')}])`;
  return (
    metrics.every(({ MetricStat }) => MetricStat?.Stat === 'Sum' && MetricStat.Period === PERIOD) &&
    expressions.length === 1 &&
    expressions[0] === sum &&
    metrics.length + expressions.length === queries.length
  );
}

function keyOf(namespace: string, name: string, dimensions: Dimensions): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

/** A number, or the field of the line that a `$.field` names. */
function numberIn(text: string, line: unknown): number {
  if (!text.startsWith('$.')) return Number(text);
  return Number(fieldOf(line, text.slice(2)));
}
