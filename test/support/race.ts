import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { HeldUpLog } from './held-up-log.js';

/** What happens to one of the messages between nodes and log. */
export interface Incident {
  /** Which of those that are on their way, the newest first, counted round and round. */
  readonly message: number;
  readonly fate: 'arrives' | 'fails' | 'kills its node';
}

export const incidents: fc.Arbitrary<readonly Incident[]> = fc.array(
  fc.record({
    // Often the newest, so that one client gets far while another is kept waiting.
    message: fc.oneof(fc.nat(23), fc.constant(0)),
    fate: fc.oneof(
      { weight: 40, arbitrary: fc.constant('arrives' as const) },
      { weight: 2, arbitrary: fc.constant('fails' as const) },
      { weight: 1, arbitrary: fc.constant('kills its node' as const) },
    ),
  }),
  { maxLength: 150, size: 'max' },
);

/** The clients of a node, by its name. Each asks one thing after the other and ends when it has its last answer. */
export type Nodes = ReadonlyMap<string, readonly (() => Promise<void>)[]>;

const mostSteps = 5_000;

/**
 * Lets the clients of several nodes run against each other, until each of them has ended or its node is dead. When the
 * incidents are used up, the oldest message arrives first and nothing fails any more.
 */
export async function race(log: HeldUpLog, nodes: Nodes, incidents: readonly Incident[]): Promise<void> {
  const busy = new Map<string, number>();
  for (const [node, clients] of nodes) {
    busy.set(node, clients.length);
    for (const client of clients) void client().then(() => busy.set(node, (busy.get(node) ?? 0) - 1));
  }
  const isThinking = (node: string) => (busy.get(node) ?? 0) > 0 && !log.isWaiting(node) && !log.isDead(node);
  const allWait = async () => {
    do {
      await nextTurn();
      await nextTurn();
    } while ([...busy.keys()].some(isThinking));
  };

  await allWait();
  for (let step = 0; log.mattersToSomebody; step += 1) {
    if (step === mostSteps) throw new Error(`It never ends:\n${log.trace.slice(-100).join('\n')}`);
    await suffer(log, incidents[step]);
    await allWait();
  }
}

async function suffer(log: HeldUpLog, incident: Incident | undefined): Promise<void> {
  const index = incident ? log.underway - 1 - (incident.message % log.underway) : 0;
  const fate = incident && log.matters(index) ? incident.fate : 'arrives';
  if (fate === 'arrives') await log.pass(index);
  else if (fate === 'fails') log.fail(index);
  else log.kill(index);
}

/** Lets everything arrive that is still on its way. Nobody waits for it. */
export async function deliverTheRest(log: HeldUpLog): Promise<void> {
  while (log.underway > 0) await log.pass(0);
}
