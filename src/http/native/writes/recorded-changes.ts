import { Injectable } from '@nestjs/common';
import type { Outcome } from '../../../application/deciding/command-context.js';
import type { ModelChangedError } from '../../../application/deciding/model-changed-error.js';
import type { Revision } from '../../../application/ports/event-store.js';
import type { AuditEntry } from '../../../application/queries/history/audit-entry.js';
import { AuditReader } from '../../../application/queries/history/audit-reader.js';
import { PastReader } from '../../../application/queries/history/past-reader.js';
import type { ModelReference } from '../../../application/queries/history/past-views.js';
import type { PageEnd } from '../../../application/queries/search-criteria.js';
import { etagOf } from '../etag.js';
import { entryMessage } from '../messages/audit.messages.js';
import { iso } from '../messages/iso.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { Problem } from '../problems/problem.js';

const pageSize = 100;
/** Of those that happened meanwhile, no more are told. */
const mostTold = 100;

/** What writes have left in the history. */
@Injectable()
export class RecordedChanges {
  constructor(
    private readonly audit: AuditReader,
    private readonly past: PastReader,
    private readonly points: PointsInTime,
  ) {}

  /**
   * What a write has done. It is done in any case: when the history does not show it within two seconds, the events and
   * their position are null.
   */
  async answer({ modelId, revision, events }: Outcome) {
    const known = revision === undefined ? [] : await this.#upTo(modelId, revision, events?.length);
    const last = known?.at(-1);
    return {
      dryRun: false,
      modelId,
      revision: revision ?? null,
      repeated: events === undefined,
      position: last?.position ?? null,
      time: last ? iso(last.recordedAt) : null,
      events: known?.map(entryMessage) ?? null,
      archived:
        known?.flatMap(({ inFavourOf, version }) => (inFavourOf === null ? [] : (version ?? []))) ?? null,
    };
  }

  /** What happened to a model since the revision at which a client knew it, oldest first; at most 100 entries. */
  async since(model: ModelReference, { expected }: ModelChangedError): Promise<readonly AuditEntry[]> {
    await this.points.resolve(undefined);
    const found = this.past.model(model, this.points.newest().position);
    if (found === undefined) return [];
    return this.#collected(found.id, ({ revision }) => expected === 'no-stream' || revision > expected).slice(
      -mostTold,
    );
  }

  async preconditionFailed(model: ModelReference, error: ModelChangedError): Promise<Problem> {
    const since = (await this.since(model, error)).map(entryMessage);
    const { modelId, actual: revision } = error;
    const etag = revision === 'no-stream' ? null : etagOf({ modelId, revision });
    return new Problem('PRECONDITION_FAILED', error.message, { etag, since });
  }

  /**
   * The events of the command that ended at a revision, oldest first; undefined when the history is behind.
   *
   * @param count how many there are; undefined for a command that was answered before: then those with its causation
   */
  async #upTo(
    modelId: string,
    revision: Revision,
    count: number | undefined,
  ): Promise<readonly AuditEntry[] | undefined> {
    try {
      await this.points.resolve(undefined);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
    const first = count === undefined ? undefined : revision - count + 1;
    const entries = this.#collected(modelId, (entry) => entry.revision >= (first ?? 0), revision);
    if (first !== undefined) return entries;
    const causation = entries.at(-1)?.causationId;
    return entries.filter((entry) => entry.causationId === causation);
  }

  /** The newest entries of a model's own stream up to a revision, as long as they are wanted; oldest first. */
  #collected(
    id: string,
    wanted: (entry: AuditEntry) => boolean,
    upTo: Revision = Infinity,
  ): readonly AuditEntry[] {
    const collected: AuditEntry[] = [];
    let after: PageEnd | undefined;
    do {
      const page = this.audit.page(
        { model: { id }, outcomes: ['done'] },
        { limit: pageSize, order: 'newestFirst', ...(after ? { after } : {}) },
      );
      for (const entry of page.items) {
        if (!wanted(entry)) return collected.toReversed();
        if (entry.revision <= upTo) collected.push(entry);
      }
      after = page.end;
    } while (after !== undefined);
    return collected.toReversed();
  }
}
