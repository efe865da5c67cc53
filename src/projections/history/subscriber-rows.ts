import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { webhookIdOf } from '../../application/history/webhook-codec.js';
import type { EntryRows, NewEntry } from './entry-rows.js';
import { fields } from './facts.js';
import { flags } from './history.schema.js';
import type { SubscriberRecorded } from './recorded-change.js';
import { consumerChange, webhookChange } from './subscriber-changes.js';
import type { KnownSubscriber, SubscriberChange } from './subscriber-changes.js';

/** Takes what happens to webhooks and consumers into the audit trail. It is no fact about any model. */
export class SubscriberRows {
  readonly #known: StatementSync;
  readonly #keep: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly entries: EntryRows,
  ) {
    this.#known = db.prepare('SELECT known FROM history_subscribers WHERE stream = ?');
    this.#keep = db.prepare('INSERT OR REPLACE INTO history_subscribers VALUES (?, ?)');
  }

  /** Gives whether there is an entry now: what is told in its own stream only leaves no trace here. */
  apply({ stream, subscriber, circumstances }: SubscriberRecorded): boolean {
    const row = this.#known.get(stream) as { known: string } | undefined;
    const known = row && (JSON.parse(row.known) as KnownSubscriber);
    const change =
      subscriber.kind === 'webhook'
        ? webhookChange(known, subscriber.event)
        : consumerChange(known, subscriber.event);
    if (change === undefined) return false;
    if (change.known !== known) this.#keep.run(stream, JSON.stringify(change.known));
    const { name } = change.known;
    const id = subscriber.kind === 'webhook' ? webhookIdOf(stream) : name;
    this.entries.write(entryOf(change, { kind: subscriber.kind, id, name }), null, null, circumstances);
    return true;
  }
}

function entryOf(
  { type, before, after }: SubscriberChange,
  subscriber: NonNullable<NonNullable<NewEntry['details']>['subscriber']>,
): NewEntry {
  return {
    type,
    outcome: 'done',
    scope: 0,
    field: fields.none,
    key: '',
    flags: flags.ofSubscriber | (type === 'NothingChanged' ? flags.housekeeping : 0),
    stages: 0,
    version: null,
    fromStage: null,
    toStage: null,
    comment: null,
    before,
    after,
    details: { subscriber },
  };
}
