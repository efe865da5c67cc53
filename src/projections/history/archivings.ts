import type { DatabaseSync } from 'node:sqlite';
import type { EventOf } from '../../domain/registered-model/events.js';
import type { EntryDetails } from './entry-rows.js';
import { flags } from './history.schema.js';
import type { Circumstances } from './recorded-change.js';

interface Archived {
  readonly model: number;
  readonly causation: string;
  readonly inFavourOf: number;
  readonly versions: readonly number[];
}

/**
 * Which versions the transition at hand has archived: a command's events stand side by side in the log, those of the
 * archived versions first, and only what is about no model may stand between them. At the start they are read back,
 * should the last transaction have ended among them.
 */
export class Archivings {
  #pending: Archived | undefined;

  constructor(db: DatabaseSync) {
    this.#pending = pendingIn(db);
  }

  /** Gives the versions that were archived in favour of the one that moves. */
  moved(
    model: number,
    { data: { version, inFavourOf } }: EventOf<'StageTransitioned'>,
    { causationId: causation }: Circumstances,
  ): readonly number[] {
    const pending = this.#pending;
    const mine = inFavourOf ?? version;
    const goesOn = pending?.model === model && pending.causation === causation && pending.inFavourOf === mine;
    const versions = goesOn ? pending.versions : [];
    this.#pending =
      inFavourOf === null ? undefined : { model, causation, inFavourOf, versions: [...versions, version] };
    return inFavourOf === null ? versions : [];
  }

  /** Something else happened. */
  passed(): void {
    this.#pending = undefined;
  }
}

function pendingIn(db: DatabaseSync): Archived | undefined {
  const rows = db.prepare(
    `SELECT model, causation, version, details FROM history_entries
     WHERE NOT (flags & ${flags.ofSubscriber}) ORDER BY position DESC`,
  );
  let pending: Archived | undefined;
  for (const row of rows.iterate()) {
    const { inFavourOf } = (JSON.parse(String(row['details'])) as EntryDetails) ?? {};
    if (inFavourOf === undefined) break;
    const archived = { model: Number(row['model']), causation: String(row['causation']), inFavourOf };
    if (pending && (pending.causation !== archived.causation || pending.inFavourOf !== inFavourOf)) break;
    pending = { ...archived, versions: [Number(row['version']), ...(pending?.versions ?? [])] };
  }
  return pending;
}
