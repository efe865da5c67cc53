import { everyNotice } from '../../src/domain/notices/notice-filter.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { cloudEventOf } from '../../src/application/notices/cloud-event.js';
import { openHistory } from '../../src/projections/history/open-history.js';

/** `sequence` of everything that there is to tell in a log. */
export async function allSequences(store: EventStore): Promise<string[]> {
  const silent = { info: () => undefined, error: () => undefined };
  const history = openHistory(':memory:', store, silent);
  await history.runner.start();
  await history.runner.caughtUp;
  const sequences: string[] = [];
  for (let after = 0, isOver = false; !isOver;) {
    const { notices, reached, isLast } = history.notices.page(everyNotice, { after, limit: 1_000 });
    sequences.push(...notices.map((notice) => cloudEventOf(notice, '/registries/annals').sequence));
    after = reached;
    isOver = isLast;
  }
  await history.runner.stop();
  history.close();
  return sequences;
}
