import { Problem } from '../problems/problem.js';

/** What the formats of answers are called on the wire. */
export const mediaTypes = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  md: 'text/markdown',
  batch: 'application/cloudevents-batch+json',
  cloudEvent: 'application/cloudevents+json',
  schema: 'application/schema+json',
  stream: 'text/event-stream',
} as const;

export type Format = keyof typeof mediaTypes;

/**
 * The format of an answer: the one that is said, else the one that the client likes best, else JSON.
 *
 * @param offered what there is, JSON first
 * @throws Problem NOT_ACCEPTABLE when the client takes none of them.
 */
export function formatOf<Offered extends Format>(
  said: Offered | undefined,
  accept: string | undefined,
  offered: readonly [Offered, ...Offered[]],
): Offered {
  if (said !== undefined) return said;
  if (accept === undefined || accept.trim() === '') return offered[0];
  for (const range of acceptedBest(accept)) {
    const format = offered.find((candidate) => matches(range, mediaTypes[candidate]));
    if (format !== undefined) return format;
  }
  const types = offered.map((format) => mediaTypes[format]).join(', ');
  throw new Problem('NOT_ACCEPTABLE', `There are only these formats: ${types}.`, { formats: offered });
}

/** The media ranges of an `Accept` header that are acceptable at all, the best first. */
function acceptedBest(accept: string): readonly string[] {
  return accept
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { range, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

function matches(range: string, type: string): boolean {
  return range === '*/*' || range === type || range === `${type.split('/')[0]}/*`;
}
