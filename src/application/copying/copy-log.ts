import type { EventFilter, EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { AppendTooLargeError, WrongExpectedRevisionError } from '../ports/event-store.js';
import { appendGroups } from './append-groups.js';
import { copyOf } from './copied-event.js';
import { LogsDifferError, findSharedHistory } from './shared-history.js';
import type { SharedHistory } from './shared-history.js';

export interface LogCopy {
  readonly source: EventStore;
  readonly target: EventStore;
  /** Which streams make up the log. */
  readonly streams: EventFilter;
  /** Told often; it must be quick and must not throw. */
  readonly onProgress?: (progress: CopyProgress) => void;
}

export interface CopyProgress {
  /** Finding out what the target has already, adding what it lacks, reading both logs once more. */
  readonly stage: 'comparing' | 'copying' | 'verifying';
  /** How many events this stage has dealt with. */
  readonly events: number;
  /** Where in the source the last of them is, and where the source ended at the beginning. */
  readonly position: Position;
  readonly head: Position;
}

/** Two logs that were found to be the same. */
export interface VerifiedCopy {
  readonly events: number;
  readonly streams: number;
  /** How many of the events were not there before. */
  readonly copied: number;
}

/** The log cannot be copied there, or was not copied well; the message says why and how to mend it. */
export class LogCopyError extends Error {
  override readonly name = 'LogCopyError';
}

const elsewhere = 'Name a target that is empty, or one in which a copy of this very source was begun';

/**
 * Copies a log into another one that is empty or holds the beginning of the same copy: every event with its id, in its
 * stream, in the order of the whole log, with what it says and when it was first recorded. Then both logs are read side
 * by side.
 *
 * It may end at any moment and be called again: it goes on where it stopped, and adds nothing when there is nothing to
 * add. Nobody may write to either log meanwhile; if somebody does, it fails and both logs stay as they are.
 *
 * @throws LogCopyError, SameLogError
 * @throws LogUnavailableError when one of the logs cannot be reached.
 */
export async function copyLog(copy: LogCopy): Promise<VerifiedCopy> {
  const { source, target, streams } = copy;
  const head = await source.head();
  const begun = await compared(copy, 'comparing', head, elsewhere);
  if (begun.longer === 'copy') {
    throw new LogCopyError(
      `The target has more than the ${begun.events} events of the source. ${elsewhere}.`,
    );
  }
  if (begun.longer === 'neither') return { events: begun.events, streams: begun.streams, copied: 0 };
  const rest = source.readAll({ from: begun.through, filter: streams });
  let copied = 0;
  for await (const group of appendGroups(after(begun.through, rest))) {
    await append(target, group);
    copied += group.length;
    report(copy, 'copying', copied, group.at(-1)?.position ?? 0, head);
  }
  const { events, streams: count, longer } = await compared(copy, 'verifying', head, 'The copy is of no use');
  if (longer !== 'neither') {
    const where = longer === 'original' ? 'source' : 'target';
    throw new LogCopyError(
      `The ${where} has events that came while the log was copied. Stop whoever writes to it` +
        (longer === 'original' ? ', and run this again: it goes on from here.' : `. ${elsewhere}.`),
    );
  }
  return { events, streams: count, copied };
}

async function compared(
  copy: LogCopy,
  stage: 'comparing' | 'verifying',
  head: Position,
  remedy: string,
): Promise<SharedHistory> {
  try {
    return await findSharedHistory(copy.source, copy.target, copy.streams, (events, position) =>
      report(copy, stage, events, position, head),
    );
  } catch (cause) {
    if (!(cause instanceof LogsDifferError)) throw cause;
    throw new LogCopyError(`${cause.message}. ${remedy}.`, { cause });
  }
}

function report({ onProgress }: LogCopy, ...progress: ProgressParts): void {
  const [stage, events, position, head] = progress;
  onProgress?.({ stage, events, position, head });
}

type ProgressParts = [stage: CopyProgress['stage'], events: number, position: Position, head: Position];

async function* after(
  position: Position,
  events: AsyncIterable<RecordedEvent>,
): AsyncGenerator<RecordedEvent, void> {
  for await (const event of events) if (event.position > position) yield event;
}

/** The exact revision makes a second append of the same events none. */
async function append(target: EventStore, group: readonly RecordedEvent[]): Promise<void> {
  const { stream = '', revision = 0 } = group[0] ?? {};
  try {
    await target.append(stream, revision === 0 ? 'no-stream' : revision - 1, group.map(copyOf));
  } catch (cause) {
    if (cause instanceof WrongExpectedRevisionError) {
      throw new LogCopyError(
        `Stream ${stream} is at ${cause.actual} in the target, and the source goes on with revision ${revision}. ` +
          'Either somebody else writes to the target: stop them. Or the source lacks events that its server was told ' +
          'to delete: such a log cannot be copied.',
        { cause },
      );
    }
    if (cause instanceof AppendTooLargeError) {
      throw new LogCopyError(
        `${cause.message}. Let the target take more (MaxAppendSize), and run this again: it goes on from here.`,
        { cause },
      );
    }
    throw cause;
  }
}
