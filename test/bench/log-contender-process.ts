import { randomUUID } from 'node:crypto';
import type { ExpectedRevision, NewEvent } from '../../src/application/ports/event-store.js';
import { busyEvents } from './busy-log.js';
import { percentiles } from './latencies.js';
import type { ContenderOptions, Task, TaskFigures, TaskReport } from './log-contender.js';
import { openContender } from './log-contenders.js';

/** The process of a LogContender. */
const { name, place, streamPrefixes } = JSON.parse(process.argv[2] ?? '{}') as ContenderOptions;
const contender = openContender(name, place, streamPrefixes);
const example = exampleEvent();

process.on('message', (task: Task) => {
  void run(task).then(
    (figures) => report({ figures }),
    (error: unknown) => report({ error: String(error) }),
  );
});
process.once('disconnect', () => void contender.close().finally(() => process.exit()));

function report(message: TaskReport): void {
  process.send?.(message);
}

async function run(task: Task): Promise<TaskFigures> {
  const { position } = await contender.append(newStream(), 'no-stream', newEvents(1));
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const latencies: number[] = [];
  let count = 0;
  switch (task.kind) {
    case 'append':
      await append(task, began + task.seconds * 1_000, latencies);
      count = latencies.length;
      break;
    case 'fill':
      await fill(task.count);
      count = task.count;
      break;
    case 'follow':
      await contender.follow(task.after, streamPrefixes, task.count);
      count = task.count;
      break;
  }
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    ...percentiles(latencies),
    perSecond: (count / milliseconds) * 1_000,
    processor: (user + system) / count,
    position,
  };
}

async function append(
  { clients, events, streams }: Task & { kind: 'append' },
  end: number,
  latencies: number[],
): Promise<void> {
  const client = async () => {
    let stream = newStream();
    let expected: ExpectedRevision = 'no-stream';
    for (let sent = performance.now(); sent < end;) {
      const { revision } = await contender.append(stream, expected, newEvents(events));
      if (streams === 'own') expected = revision;
      else stream = newStream();
      const answered = performance.now();
      latencies.push(answered - sent);
      sent = answered;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

const appendsAtOnce = 32;

/** Stream by stream: who follows the log learns no less from that, and it is written sooner. */
async function fill(count: number): Promise<void> {
  const streams = new Map<string, NewEvent[]>();
  for (const { stream, events } of busyEvents(count)) {
    const before = streams.get(stream);
    if (before === undefined) streams.set(stream, [...events]);
    else before.push(...events);
  }
  const all = streams.entries();
  const client = async () => {
    for (const [stream, events] of all) {
      await contender.append(`${streamPrefixes[0]}${stream}`, 'no-stream', events);
    }
  };
  await Promise.all(Array.from({ length: appendsAtOnce }, client));
}

function newStream(): string {
  return `${streamPrefixes[0]}${randomUUID()}`;
}

function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, () => ({ ...example, id: randomUUID() }));
}

/** A version of a model, which is what is written most. */
function exampleEvent(): NewEvent {
  for (const { events } of busyEvents(1_000)) {
    const event = events.find(({ type }) => /version.*(created|registered)/i.test(type));
    if (event) return event;
  }
  throw new Error('No version is created in the first thousand events');
}
