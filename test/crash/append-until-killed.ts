import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';

/**
 * Appends to many streams at once for as long as it lives. Each append is some events that know how many they are, and
 * is printed as "stream revision" when it has been acknowledged.
 */
const standardOutput = 1;
const store = EmbeddedEventStore.open(process.argv[2] ?? '');
process.stdin.resume();
await Promise.all(Array.from({ length: 32 }, () => appendForEver(store)));

async function appendForEver(store: EventStore): Promise<never> {
  for (;;) {
    const stream = `model-${randomUUID()}`;
    let expected: ExpectedRevision = 'no-stream';
    for (let appends = 0; appends < 20; appends += 1) {
      expected = (await store.append(stream, expected, together(1 + (appends % 5)))).revision;
      writeSync(standardOutput, `${stream} ${expected}\n`);
    }
  }
}

function together(size: number): NewEvent[] {
  return Array.from({ length: size }, (_, index) => ({
    id: randomUUID(),
    type: 'Appended',
    data: { index, size, text: 'x'.repeat(Math.floor(Math.random() * 1_000)) },
    metadata: {},
  }));
}
