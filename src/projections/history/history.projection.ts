import { consumerPrefix } from '../../application/history/consumer-codec.js';
import { refusedCommandPrefix } from '../../application/history/refused-command-codec.js';
import { registeredModelPrefix } from '../../application/history/registered-model-codec.js';
import { webhookPrefix } from '../../application/history/webhook-codec.js';
import type { Projection } from '../projection.js';
import { HistoryRows } from './history-rows.js';
import { createTables, dropTables, indexes } from './history.schema.js';
import { recordedChange } from './recorded-change.js';

/**
 * Everything that ever happened to models, and who is told of it: the audit trail, and from when to when what was so. One projection keeps both, because
 * they are the same rows: what a fact was at a position is what its last entry up to there says.
 */
export const historyProjection: Projection = {
  name: 'history',
  version: 2,
  filter: { streamPrefixes: [registeredModelPrefix, refusedCommandPrefix, webhookPrefix, consumerPrefix] },
  create: createTables,
  index: () => undefined,
  indexes,
  drop: dropTables,
  open: (db) => {
    const rows = new HistoryRows(db);
    return (event) => rows.apply(recordedChange(event));
  },
};
