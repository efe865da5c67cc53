import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from './recorded-event.js';

/** How many events the server looks at in one go, where the client does not say. */
const defaultWindow = 32;

/** The filter of a read or a subscription of `$all`, and how often it tells how far it has come. */
export interface EventFilter {
  passes(event: RecordedEvent): boolean;
  /** How many events are considered in one go. */
  readonly window: number;
  /** After how many considered events a checkpoint is due. */
  readonly checkpointInterval: number;
}

export function filterOf(options: streams.ReadReq.Options): EventFilter | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const window = filter.hasMax() ? filter.getMax() : defaultWindow;
  return {
    passes: predicateOf(filter),
    window,
    checkpointInterval: window * filter.getCheckpointintervalmultiplier(),
  };
}

function predicateOf(filter: streams.ReadReq.Options.FilterOptions): EventFilter['passes'] {
  const byStream = filter.getStreamIdentifier();
  const matches = matcherOf(byStream ?? filter.getEventType());
  return ({ stream, type }) => matches(byStream === undefined ? type : stream);
}

function matcherOf(
  expression: streams.ReadReq.Options.FilterOptions.Expression | undefined,
): (text: string) => boolean {
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const pattern = new RegExp(expression?.getRegex() ?? '', 'u');
  return (text) => pattern.test(text);
}
