import type { EventFilter, EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { differenceOf } from './copied-event.js';
import type { LastingPart } from './copied-event.js';

/** What a log and its copy have in common: everything from the beginning up to where one of them ends. */
export interface SharedHistory {
  readonly events: number;
  readonly streams: number;
  /** Where the last of these events is in the original; 0 when there is none. */
  readonly through: Position;
  /** Which of the two has more. */
  readonly longer: 'original' | 'copy' | 'neither';
}

/** The two logs have different events at the same place. */
export class LogsDifferError extends Error {
  override readonly name = 'LogsDifferError';

  /** @param number the place of the two events among those of the log, from 1 */
  constructor(number: number, original: RecordedEvent, copy: RecordedEvent, part: LastingPart) {
    super(
      `Event ${number} is ${described(original)} in the source and ${described(copy)} in the target: ` +
        `its ${part} differs`,
    );
  }
}

/** The "two" logs are one, or one is a copy of the other's files. */
export class SameLogError extends Error {
  override readonly name = 'SameLogError';

  constructor() {
    super(
      'The target is the log that the source is, or a copy of its files: their events were recorded in the same ' +
        'milliseconds at the same positions. Name another target, one that is empty or that a copy was begun in',
    );
  }
}

/**
 * Reads two logs side by side, from the beginning to where the shorter one ends.
 *
 * @param onEvent told after each event how many there were, and where it is in the original
 * @throws LogsDifferError, SameLogError
 */
export async function findSharedHistory(
  original: EventStore,
  copy: EventStore,
  filter: EventFilter,
  onEvent: (events: number, position: Position) => void,
): Promise<SharedHistory> {
  const copies = copy.readAll({ filter })[Symbol.asyncIterator]();
  let [events, streams, through] = [0, 0, 0];
  let isSameLog = true;
  const shared = (longer: SharedHistory['longer']): SharedHistory => {
    if (isSameLog && events > 0) throw new SameLogError();
    return { events, streams, through, longer };
  };
  try {
    for await (const event of original.readAll({ filter })) {
      const next = await copies.next();
      if (next.done === true) return shared('original');
      isSameLog &&= isSameRecord(event, next.value);
      const part = differenceOf(event, next.value);
      if (part !== undefined) {
        throw isSameLog ? new SameLogError() : new LogsDifferError(events + 1, event, next.value, part);
      }
      events += 1;
      if (event.revision === 0) streams += 1;
      through = event.position;
      onEvent(events, through);
    }
    return shared((await copies.next()).done === true ? 'neither' : 'copy');
  } finally {
    await copies.return?.();
  }
}

/** A copy is recorded at another time, and elsewhere but in logs that count alike. */
function isSameRecord(one: RecordedEvent, other: RecordedEvent): boolean {
  return one.position === other.position && one.recordedAt === other.recordedAt;
}

function described({ type, id, stream, revision }: RecordedEvent): string {
  return `${type} ${id}, revision ${revision} of ${stream},`;
}
