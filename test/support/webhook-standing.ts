import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient } from './http-client.js';

/** Values of a metric, by what stands between its braces. */
export async function metric(client: HttpClient, name: string): Promise<ReadonlyMap<string, number>> {
  const { body } = await client.send('GET', '/metrics');
  const lines = (body as unknown as string).matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (.*)$`, 'gm'));
  return new Map([...lines].map(([, labels = '', value]) => [labels, Number(value)]));
}

/** Resolves when every webhook that this node sends has been told everything. */
export async function untilAllTold(client: HttpClient): Promise<void> {
  for (;;) {
    const [lag, open] = [
      await metric(client, 'annals_webhook_lag_events'),
      await metric(client, 'annals_webhook_open'),
    ];
    if (lag.size > 0 && [...lag.values(), ...open.values()].every((value) => value === 0)) return;
    await pause(20);
  }
}
