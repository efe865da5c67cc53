import type { StartFrom } from '../../../application/deciding/start-positions.js';
import type { Kind } from './kind.js';
import { moment } from './moment.js';

/** From where on a new subscriber is told. */
export function start(): Kind<StartFrom> {
  const when = moment();
  return {
    schema: {
      anyOf: [{ type: 'string', enum: ['now', 'beginning'] }, ...(when.schema['anyOf'] as readonly object[])],
    },
    valid: `now, beginning, ${when.valid}`,
    read: (sent) => (sent === 'now' || sent === 'beginning' ? sent : when.read(sent)),
  };
}
