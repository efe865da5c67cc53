import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startAnnals } from './annals-server.js';
import { digits, printTable, verdict } from './figures.js';
import { historyLog } from './history-log.js';

const goal = 50_000;
const eventsOfPage = 10_000;

/** How many events the log has; `ANNALS_BENCH_EVENTS` makes it smaller while something is developed. */
const events = Number(process.env['ANNALS_BENCH_EVENTS'] ?? 1_000_000);

interface Replayed {
  readonly items: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** Reading everything that subscribers would have been told, from the beginning, over HTTP; and the audit trail to compare. */
export async function noticesReplay(): Promise<void> {
  const folder = await historyLog(events);
  const server = await startAnnals(folder);
  const url = `http://127.0.0.1:${server.port}/api/v1`;
  while ((await answer(`${url}/events?limit=1`, 'application/json')).status !== 200) await pause(100);
  const audit = await replayed(`${url}/audit?format=ndjson`, 'application/x-ndjson', lineEnds);
  const lines = await replayed(`${url}/events?limit=${eventsOfPage}`, 'application/x-ndjson', lineEnds);
  const json = await replayed(`${url}/events?limit=${eventsOfPage}`, 'application/json', parsedItems);
  const changes = await replayed(
    `${url}/events?limit=${eventsOfPage}&types=production.changed`,
    'application/json',
    parsedItems,
  );
  await server.stop();
  printTable(
    'Replaying everything by pull',
    ['', 'events', 'bytes each', 'seconds', '/s', 'goal', '', 'of the audit export'],
    [
      row('audit export, NDJSON at once', audit, audit),
      row(`events, NDJSON, ${digits(eventsOfPage)} a page`, lines, audit, goal),
      row(`events, JSON, ${digits(eventsOfPage)} a page, parsed`, json, audit, goal),
      row('changes of Production only, JSON', changes, audit),
    ],
  );
}

function row(what: string, { items, bytes, seconds }: Replayed, audit: Replayed, least?: number): string[] {
  const rate = items / seconds;
  const ratio = rate / (audit.items / audit.seconds);
  return [
    what,
    digits(items),
    digits(bytes / items),
    digits(seconds),
    digits(rate),
    least === undefined ? '' : `≥ ${digits(least)}`,
    least === undefined ? '' : verdict(rate, least),
    `${digits(ratio)} ×`,
  ];
}

/** Follows the pages until one has nothing. The next one is asked for before this one is looked into. */
async function replayed(first: string, accept: string, itemsIn: (body: Buffer) => number): Promise<Replayed> {
  const began = performance.now();
  let [items, bytes] = [0, 0];
  let asked: Promise<Answer> | undefined = answer(first, accept);
  while (asked !== undefined) {
    const { status, body, next }: Answer = await asked;
    if (status !== 200) throw new Error(`${first} was answered ${status}: ${body.toString()}`);
    const following: Promise<Answer> | undefined =
      next === undefined ? undefined : answer(new URL(next, first).href, accept);
    const found = itemsIn(body);
    items += found;
    bytes += body.length;
    asked = following;
    if (found > 0) continue;
    await following;
    break;
  }
  return { items, bytes, seconds: (performance.now() - began) / 1_000 };
}

function lineEnds(body: Buffer): number {
  let count = 0;
  for (let end = body.indexOf(10); end >= 0; end = body.indexOf(10, end + 1)) count += 1;
  return count;
}

function parsedItems(body: Buffer): number {
  return (JSON.parse(body.toString()) as { items: unknown[] }).items.length;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: Buffer;
  readonly next: string | undefined;
}

function answer(url: string, accept: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { accept } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const next = /<([^>]+)>; rel="next"/.exec(String(response.headers['link'] ?? ''))?.[1];
        resolve({ status: response.statusCode, body: Buffer.concat(parts), next });
      });
    }).on('error', reject);
  });
}
