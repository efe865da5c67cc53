import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Envelopes } from '../../../application/notices/envelopes.js';
import type { NoticePage } from '../../../application/notices/notice-reader.js';

export const eventFormats = ['json', 'batch', 'ndjson'] as const;

export type EventFormat = (typeof eventFormats)[number];

const writtenAtOnce = 250;

/** What stands before all events, between two of them, and behind all. */
interface Frame {
  readonly before: string;
  readonly between: string;
  readonly behind: string;
}

/**
 * The text of a page, made while it is sent: others have their turn meanwhile.
 *
 * @param next where the page after it is
 */
export function eventPage(
  { notices, reached }: NoticePage,
  format: EventFormat,
  next: string,
  envelopes: Envelopes,
): Readable {
  const frames: Record<EventFormat, Frame> = {
    json: {
      before: '{"items":[',
      between: ',',
      behind: `],"position":${reached},"next":${JSON.stringify(next)}}`,
    },
    batch: { before: '[', between: ',', behind: ']' },
    ndjson: { before: '', between: '\n', behind: notices.length === 0 ? '' : '\n' },
  };
  return Readable.from(text(notices, frames[format], envelopes), { objectMode: false });
}

async function* text(
  notices: NoticePage['notices'],
  { before, between, behind }: Frame,
  envelopes: Envelopes,
): AsyncIterable<string> {
  let written = before;
  for (const [index, notice] of notices.entries()) {
    if (index > 0) written += between;
    written += JSON.stringify(envelopes.of(notice));
    if ((index + 1) % writtenAtOnce > 0) continue;
    yield written;
    written = '';
    await nextTurn();
  }
  yield written + behind;
}
