import { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { deliveryRows } from '../../../src/projections/subscribers/delivery-rows.js';
import { SqliteDeliveriesReader } from '../../../src/projections/subscribers/deliveries.reader.js';

/** What can be asked about deliveries after these events; it begins afresh before each, as after a restart. */
export function deliveriesAfter(events: readonly RecordedEvent[]): SqliteDeliveriesReader {
  const db = new DatabaseSync(':memory:');
  deliveryRows.create(db);
  for (const event of events) deliveryRows.open(db)(event);
  return new SqliteDeliveriesReader(db);
}
