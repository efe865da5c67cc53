import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { productionChanged } from '../../src/domain/notices/notice-type.js';
import { startAnnals } from './annals-server.js';
import type { ChildServer } from './child-server.js';
import { digits, printTable } from './figures.js';
import { percentiles } from './latencies.js';
import type { Percentiles } from './latencies.js';
import { newDataFolder } from './places.js';
import { SubscribedModels, atRate } from './subscribed-models.js';

const perSecond = 50;
const count = 1_000;
const goal = 50;

/**
 * How long after its acknowledgement a transition to Production is on the wire at a receiver on this machine, at 50
 * transitions a second; and how long a plain request takes to the same receiver at the same rate.
 */
export async function webhookLatency(): Promise<void> {
  const receiver = await Receiver.listen();
  const annals = await startAnnals(newDataFolder('webhook-latency'), { ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
  try {
    await subscribe(annals, receiver.url);
    const models = await SubscribedModels.on(annals.port);
    await atRate(perSecond, 100, () => models.move());
    const plain = await plainRequests(receiver);
    const told = await transitions(models, receiver);
    const row = (name: string, { p50, p99 }: Percentiles, goals: readonly string[]) => [
      name,
      digits(p50),
      digits(p99),
      digits(p99 / plain.p99),
      ...goals,
    ];
    printTable(
      `From the acknowledgement of a transition to the arrival of its webhook, ${perSecond} a second`,
      ['', 'p50 ms', 'p99 ms', 'p99 ratio', 'goal', ''],
      [
        row('a plain request to the receiver', plain, ['', '']),
        row('production.changed', told, [`p99 < ${goal} ms`, told.p99 < goal ? 'met' : 'MISSED']),
      ],
    );
  } finally {
    await annals.stop();
    receiver.close();
  }
}

async function subscribe({ port }: ChildServer, url: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/webhooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', url, filter: { types: [productionChanged] } }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function plainRequests(receiver: Receiver): Promise<Percentiles> {
  let number = 0;
  const sent = await atRate(perSecond, count, async () => {
    const key = `plain ${(number += 1)}`;
    const at = performance.now();
    const arrived = receiver.arrival(key);
    await fetch(receiver.url, { method: 'POST', headers: { 'bench-key': key }, body: '{}' });
    return (await arrived) - at;
  });
  return percentiles(sent);
}

async function transitions(models: SubscribedModels, receiver: Receiver): Promise<Percentiles> {
  receiver.forget();
  const latencies = await atRate(perSecond, count, async () => {
    const move = await models.move();
    return (await receiver.arrival(`${move.model} v${move.version} ${move.round}`)) - move.acknowledged;
  });
  return percentiles(latencies);
}

/** Notes when what arrives. */
class Receiver {
  readonly #arrived = new Map<string, number>();
  readonly #awaited = new Map<string, (at: number) => void>();
  readonly #rounds = new Map<string, number>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async listen(): Promise<Receiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.on('request', (request, response) => {
      const at = performance.now();
      response.writeHead(204).end();
      void receiver.#take(request, at);
    });
    return receiver;
  }

  /** When what has this key arrived, by `performance.now()`. */
  arrival(key: string): Promise<number> {
    const at = this.#arrived.get(key);
    return at === undefined ? new Promise((resolve) => this.#awaited.set(key, resolve)) : Promise.resolve(at);
  }

  forget(): void {
    this.#arrived.clear();
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #take(request: IncomingMessage, at: number): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const plain = request.headers['bench-key'];
    this.#note(typeof plain === 'string' ? plain : this.#keyOf(Buffer.concat(chunks).toString()), at);
  }

  #keyOf(body: string): string {
    const { data } = JSON.parse(body) as { data: { model: string; entered: readonly number[] } };
    const move = `${data.model} v${data.entered[0]}`;
    const round = (this.#rounds.get(move) ?? 0) + 1;
    this.#rounds.set(move, round);
    return `${move} ${round}`;
  }

  #note(key: string, at: number): void {
    this.#arrived.set(key, at);
    this.#awaited.get(key)?.(at);
    this.#awaited.delete(key);
  }
}
