import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Envelopes } from '../../../application/notices/envelopes.js';
import type { Notice } from '../../../application/notices/notice.js';

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
 * @param members what else the JSON object says
 */
export function eventPage(
  notices: readonly Notice[],
  format: EventFormat,
  members: Readonly<Record<string, unknown>>,
  envelopes: Envelopes,
): Readable {
  const frames: Record<EventFormat, Frame> = {
    json: {
      before: '{"items":[',
      between: ',',
      behind: `],${JSON.stringify(members).slice(1)}`,
    },
    batch: { before: '[', between: ',', behind: ']' },
    ndjson: { before: '', between: '\n', behind: notices.length === 0 ? '' : '\n' },
  };
  return Readable.from(text(notices, frames[format], envelopes), { objectMode: false });
}

async function* text(
  notices: readonly Notice[],
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
