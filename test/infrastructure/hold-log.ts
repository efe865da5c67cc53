import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';

/** Holds the log in the given file until it is told to end. */
const store = EmbeddedEventStore.open(process.argv[2] ?? '');
await store.append('held', 'no-stream', [{ id: 'a', type: 'Held', data: {}, metadata: {} }]);
process.stdout.write('held\n');
process.stdin.resume();
process.stdin.on('end', () => void store.close());
