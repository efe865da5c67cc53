import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Checkpoints, positionOf } from './checkpoints.js';
import type { EventFilter } from './event-filter.js';
import { filterOf } from './event-filter.js';
import type { EventLog } from './event-log.js';
import type { Ending, Fault } from './faults.js';
import { readEvent } from './messages.js';
import type { ReadCall, Send } from './read-options.js';
import { knownPosition, streamOf, uuidFormOf } from './read-options.js';
import type { RecordedEvent } from './recorded-event.js';
import { refusals } from './refusals.js';

/** How many events of a subscription without a filter are taken from the log in one go. */
const page = 32;

/** The subscriptions that are open, so that they can be brought to nothing. */
export class Subscriptions {
  readonly #endings = new Set<(ending: Ending) => void>();

  constructor(private readonly log: EventLog) {}

  /** Serves a subscription until it is cancelled or comes to nothing. */
  async run(
    call: ReadCall,
    send: Send,
    options: streams.ReadReq.Options,
    fault: Fault | undefined,
    cancelled: AbortSignal,
  ): Promise<void> {
    const ended = Promise.withResolvers<Ending>();
    const stop = new AbortController();
    const end = (ending: Ending) => {
      ended.resolve(ending);
      stop.abort();
    };
    const signal = AbortSignal.any([cancelled, stop.signal]);
    this.#endings.add(end);
    try {
      let left = isEnding(fault) ? (fault.after ?? 0) : Infinity;
      for await (const message of follow(this.log, options, signal)) {
        await send(message, signal);
        if (message.hasEvent()) left -= 1;
        if (isEnding(fault) && left <= 0) end(fault.kind);
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      this.#endings.delete(end);
    }
    await close(call, await ended.promise, cancelled);
  }

  /** Brings all that are open to nothing. */
  end(ending: Ending): void {
    for (const end of this.#endings) end(ending);
  }
}

async function close(call: ReadCall, ending: Ending, cancelled: AbortSignal): Promise<void> {
  switch (ending) {
    case 'end':
      call.end();
      return;
    case 'break':
      throw refusals.unavailable();
    case 'go quiet':
      await new Promise((resolve) => cancelled.addEventListener('abort', resolve));
  }
}

function isEnding(fault: Fault | undefined): fault is Fault & { readonly kind: Ending } {
  return fault !== undefined && ['end', 'break', 'go quiet'].includes(fault.kind);
}

/** A confirmation, the events, and every now and then how far it has come. */
async function* follow(
  log: EventLog,
  options: streams.ReadReq.Options,
  signal: AbortSignal,
): AsyncGenerator<streams.ReadResp> {
  const filter = filterOf(options);
  const wanted = wantedEvents(log, options, filter);
  const form = uuidFormOf(options);
  const start = startOf(log, options);
  const checkpoints = new Checkpoints(start);
  let after = start;
  let considered = 0;
  yield confirmation();

  for (let events = pageAfter(start); events.length > 0; events = pageAfter(after)) {
    if (after !== start) checkpoints.pass({ commit: events[0]?.position ?? after, prepare: 0n });
    for (const event of events.filter(wanted)) {
      checkpoints.pass(positionOf(event));
      yield readEvent(event, form);
    }
    after = events.at(-1)?.position ?? after;
    considered += events.length;
    const isLast = log.after(after, 1).length === 0;
    if (isLast) checkpoints.passBeginning();
    if (filter !== undefined && (isLast || considered >= filter.checkpointInterval)) {
      considered %= filter.checkpointInterval;
      yield* checkpoints.tell();
    }
  }
  yield new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

  considered = 0;
  for await (const event of liveAfter(log, after, signal)) {
    if (wanted(event)) yield readEvent(event, form);
    considered += 1;
    if (filter !== undefined && considered >= filter.checkpointInterval) {
      considered = 0;
      checkpoints.pass(positionOf(event));
      yield* checkpoints.tell();
    }
  }

  function pageAfter(position: bigint): RecordedEvent[] {
    return log.after(position, filter?.window ?? page);
  }
}

/** The events after a position, and those that are still to come. */
async function* liveAfter(
  log: EventLog,
  position: bigint,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  for (let after = position; ;) {
    const [event] = log.after(after, 1);
    if (event === undefined) {
      await log.grown(signal);
    } else {
      after = event.position;
      yield event;
    }
  }
}

/** The position after which a subscription begins: what it names itself is not delivered. */
function startOf(log: EventLog, options: streams.ReadReq.Options): bigint {
  const all = options.getAll();
  if (all === undefined || all.hasStart()) return 0n;
  return all.hasEnd() ? log.end - 1n : knownPosition(log, all.getPosition()?.getCommitPosition());
}

function wantedEvents(
  log: EventLog,
  options: streams.ReadReq.Options,
  filter: EventFilter | undefined,
): EventFilter['passes'] {
  const name = streamOf(options);
  if (options.hasAll()) return filter?.passes ?? (() => true);
  if (log.isTombstoned(name)) throw refusals.streamDeleted(name);
  const from = options.getStream();
  const after = from?.hasRevision() === true ? BigInt(from.getRevision()) : -1n;
  const first = from?.hasEnd() === true ? log.lastRevision(name) : after;
  return ({ stream, revision }) =>
    stream === name && revision > first && revision >= log.metadata(name).truncateBefore;
}

function confirmation(): streams.ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  return new streams.ReadResp().setConfirmation(confirmation.setSubscriptionId(crypto.randomUUID()));
}
