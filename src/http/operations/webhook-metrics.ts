import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Dispatcher } from '../../application/dispatching/dispatcher.js';
import type { DispatchingObserver } from '../../application/dispatching/dispatching-parts.js';
import type { DeliveriesReader } from '../../application/queries/subscribers/deliveries-reader.js';
import type { DeliveryProgress } from '../../application/queries/subscribers/subscriber-views.js';
import type { WebhooksReader } from '../../application/queries/subscribers/webhooks-reader.js';
import type { LogStatus } from './log-status.js';

const attemptSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

/** What the metrics of webhooks look at when they are asked. */
interface Watched {
  readonly dispatcher: Dispatcher;
  readonly webhooks: WebhooksReader;
  readonly deliveries: DeliveriesReader;
  readonly log: LogStatus;
}

/** What Prometheus can ask about webhooks. Each metric is described in docs/operations.md. */
export class WebhookMetrics implements DispatchingObserver {
  readonly #attempts: Counter;
  readonly #durations: Histogram;

  constructor(private readonly registry: Registry) {
    this.#attempts = new Counter({
      name: 'annals_webhook_attempts_total',
      help: 'Requests to webhooks, by what came of them.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.#durations = new Histogram({
      name: 'annals_webhook_attempt_duration_seconds',
      help: 'Time from the beginning of a request to a webhook to the end of its answer.',
      buckets: attemptSeconds,
      registers: [registry],
    });
  }

  attempted(outcome: 'delivered' | 'failed' | 'parked', milliseconds: number): void {
    this.#attempts.inc({ outcome });
    this.#durations.observe(milliseconds / 1_000);
  }

  /** Adds the gauges that are read off the dispatcher and the read models. */
  watch({ dispatcher, webhooks, deliveries, log }: Watched): void {
    this.#gauge('annals_dispatcher_active', '1 on the node that sends webhooks.', [], (gauge) =>
      gauge.set(dispatcher.isActive ? 1 : 0),
    );
    this.#gauge(
      'annals_webhook_lag_events',
      'How far a webhook is behind the log, in positions; on the node that sends.',
      ['webhook'],
      async (gauge) => {
        const { head } = await log.state();
        for (const { webhookId, position } of dispatcher.status())
          if (position !== undefined) gauge.set({ webhook: webhookId }, Math.max(0, head - position));
      },
    );
    const progress = (name: string, help: string, valueOf: (progress: DeliveryProgress) => number) =>
      this.#gauge(name, help, ['webhook'], (gauge) => {
        for (const { id } of webhooks.all()) {
          const known = deliveries.progress(id);
          if (known !== undefined) gauge.set({ webhook: id }, valueOf(known));
        }
      });
    progress('annals_webhook_open', 'Deliveries that will be tried again.', ({ open }) => open);
    progress('annals_webhook_parked', 'Deliveries that were given up.', ({ parked }) => parked);
    progress(
      'annals_webhook_circuit_open',
      '1 while nothing is sent to a webhook because its endpoint fails.',
      ({ circuitOpenUntil }) => (circuitOpenUntil === null ? 0 : 1),
    );
  }

  #gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: (gauge: Gauge) => void | Promise<void>,
  ): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        // What is not there any more is not told any more.
        this.reset();
        await read(this);
      },
    });
    void gauge;
  }
}
