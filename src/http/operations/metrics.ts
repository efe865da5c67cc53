import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Metric } from 'prom-client';
import type { RegisteredModels } from '../../application/deciding/registered-models.js';
import type { EventStoreObserver } from '../../application/ports/event-store.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import type { LogStatus } from './log-status.js';

const requestSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const commitSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** What the metrics look at when they are asked. */
interface Watched {
  readonly log: LogStatus;
  readonly models: RegisteredModels;
  readonly readModels: ReadModels;
}

/** What Prometheus can ask of this process. Each metric is described in docs/operations.md. */
export class Metrics implements EventStoreObserver {
  readonly registry = new Registry();
  readonly #registers = [this.registry];

  readonly #requests = new Histogram({
    name: 'annals_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSeconds,
    registers: this.#registers,
  });

  readonly #commits = new Histogram({
    name: 'annals_log_commit_duration_seconds',
    help: 'Time of one durable write to the log, which may hold many appends.',
    buckets: commitSeconds,
    registers: this.#registers,
  });

  readonly #appends = new Counter({
    name: 'annals_log_appends_total',
    help: 'Appends that are on disk.',
    registers: this.#registers,
  });

  readonly #events = new Counter({
    name: 'annals_log_events_appended_total',
    help: 'Events that are on disk.',
    registers: this.#registers,
  });

  readonly #conflicts = new Counter({
    name: 'annals_log_conflicts_total',
    help: 'Appends that another writer was faster than; their commands were decided again.',
    registers: this.#registers,
  });

  readonly #resends = new Counter({
    name: 'annals_log_append_retries_total',
    help: 'Appends that were sent again, because the log did not say what became of them.',
    registers: this.#registers,
  });

  readonly #streams = new Gauge({
    name: 'annals_sse_clients',
    help: 'Open streams of server-sent events.',
    registers: this.#registers,
  });

  readonly #streamsCutOff = new Counter({
    name: 'annals_sse_cut_off_total',
    help: 'Streams that were cut off because their client did not keep up.',
    registers: this.#registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds the gauges that are read off the running parts. */
  watch({ log, models, readModels }: Watched): void {
    const add = (metric: Metric) => this.registry.registerMetric(metric);
    add(
      new Gauge({
        name: 'annals_log_head_position',
        help: 'Position of the newest event in the log, as far as it was ever reached.',
        registers: [],
        async collect() {
          this.set((await log.state()).head);
        },
      }),
    );
    add(
      new Gauge({
        name: 'annals_log_reachable',
        help: '1 while the log answers.',
        registers: [],
        async collect() {
          this.set((await log.state()).failure ? 0 : 1);
        },
      }),
    );
    add(
      new Gauge({
        name: 'annals_mailbox_depth',
        help: 'Commands that wait or are being decided.',
        registers: [],
        collect() {
          this.set(models.mailboxes.depth);
        },
      }),
    );
    add(
      new Gauge({
        name: 'annals_projection_lag_events',
        help: 'How far a read model is behind the log, in positions.',
        labelNames: ['projection'],
        registers: [],
        async collect() {
          const { head } = await log.state();
          for (const { name, position } of readModels.status()) {
            this.set({ projection: name }, Math.max(0, head - position));
          }
        },
      }),
    );
    add(
      new Gauge({
        name: 'annals_projection_failed',
        help: '1 while a read model cannot go on.',
        labelNames: ['projection'],
        registers: [],
        collect() {
          for (const { name, failure } of readModels.status())
            this.set({ projection: name }, failure ? 1 : 0);
        },
      }),
    );
    add(
      new Counter({
        name: 'annals_projection_subscription_drops_total',
        help: 'How often the subscription of a read model to the log was interrupted.',
        labelNames: ['projection'],
        registers: [],
        collect() {
          this.reset();
          for (const { name, drops } of readModels.status()) this.inc({ projection: name }, drops);
        },
      }),
    );
  }

  /** @param milliseconds from the arrival of the request to the end of its answer */
  requestAnswered(method: string, route: string, status: number, milliseconds: number): void {
    this.#requests.observe({ method, route, status }, milliseconds / 1000);
  }

  streamsAreOpen(count: number): void {
    this.#streams.set(count);
  }

  streamCutOff(): void {
    this.#streamsCutOff.inc();
  }

  committed({ appends, events, milliseconds }: Parameters<EventStoreObserver['committed']>[0]): void {
    this.#commits.observe(milliseconds / 1000);
    this.#appends.inc(appends);
    this.#events.inc(events);
  }

  conflicted(): void {
    this.#conflicts.inc();
  }

  resent(): void {
    this.#resends.inc();
  }
}
