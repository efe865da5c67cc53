import type { StreamingRead } from '@eventstore/db-client';
import { DeadlineError } from './deadline.js';
import { kindOf } from './failures.js';
import { Feed } from './feed.js';

const patienceMilliseconds = 3_000;

/** Why a call does not deliver; undefined when it does, or says that there is nothing to deliver. */
export async function failureOf(open: () => StreamingRead<unknown>): Promise<unknown> {
  const call = open();
  const feed = new Feed(call, () => call.cancel());
  try {
    for (;;) {
      if (feed.take(1).length > 0) return undefined;
      if (feed.over) return kindOf(feed.failure) === 'not-found' ? undefined : feed.failure;
      if (!(await feed.stirring(patienceMilliseconds))) return new DeadlineError(patienceMilliseconds);
    }
  } finally {
    feed.close();
  }
}
