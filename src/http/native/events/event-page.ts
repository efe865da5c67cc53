import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Envelopes } from '../../../application/notices/envelopes.js';
import type { Notice } from '../../../application/notices/notice.js';

export const eventFormats = ['json', 'batch', 'ndjson'] as const;

export type EventFormat = (typeof eventFormats)[number];

const writtenAtOnce = 250;

/**
 * The text of a page, made while it is sent: others have their turn meanwhile.
 *
 * @param members what else the JSON object says
 */
export function eventPage(
  notices: readonly Notice[],
  format: EventFormat,
  members: Readonly<Record<string, unknown>>,
  envelopes: Envelopes,
): Readable {
  return pageOf(inPieces(notices, format, envelopes), format, members);
}

/** Some events that follow each other: a piece of a page, which takes less memory than what it is made of. */
export function eventsText(notices: readonly Notice[], format: EventFormat, envelopes: Envelopes): string {
  const events = notices.map((notice) => JSON.stringify(envelopes.of(notice)));
  return events.join(format === 'ndjson' ? '\n' : ',');
}

/**
 * The text of a page of pieces, of which none is empty.
 *
 * @param members what else the JSON object says
 */
export function pageOf(
  pieces: Iterable<string> | AsyncIterable<string>,
  format: EventFormat,
  members: Readonly<Record<string, unknown>>,
): Readable {
  const text = format === 'ndjson' ? lines(pieces) : list(pieces, format, members);
  return Readable.from(text, { objectMode: false });
}

async function* inPieces(
  notices: readonly Notice[],
  format: EventFormat,
  envelopes: Envelopes,
): AsyncIterable<string> {
  for (let start = 0; start < notices.length; start += writtenAtOnce) {
    yield eventsText(notices.slice(start, start + writtenAtOnce), format, envelopes);
    await nextTurn();
  }
}

async function* lines(pieces: Iterable<string> | AsyncIterable<string>): AsyncIterable<string> {
  for await (const piece of pieces) yield `${piece}\n`;
}

async function* list(
  pieces: Iterable<string> | AsyncIterable<string>,
  format: EventFormat,
  members: Readonly<Record<string, unknown>>,
): AsyncIterable<string> {
  let before = format === 'json' ? '{"items":[' : '[';
  for await (const piece of pieces) {
    yield before + piece;
    before = ',';
  }
  const behind = format === 'json' ? `],${JSON.stringify(members).slice(1)}` : ']';
  yield before === ',' ? behind : before + behind;
}
