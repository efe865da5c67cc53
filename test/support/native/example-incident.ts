import type { JsonObject, RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { refusedCommandStream } from '../../../src/application/history/refused-command-codec.js';
import { RecordedHistory } from '../recorded-events.js';
import type { Fact } from '../recorded-events.js';

export const fraudId = '6f1c0a4e-2d7b-4a53-9c1e-5b8f3a7d9e10';

/**
 * The log of an incident: fraud v7 takes the place of v6, is edited, refuses good customers, and is rolled back while
 * somebody else tries to move v8 there. Ids and times are fixed, so that its report is always the same.
 */
export class ExampleIncident {
  readonly #history = new RecordedHistory();
  readonly events: RecordedEvent[] = [];

  constructor() {
    this.#does('ana', '2026-03-02T09:00:00Z', {
      type: 'ModelRegistered',
      data: { name: 'fraud', claimId: 'claim-1', description: 'Card fraud, online.', tags: [] },
    });
    for (const version of [1, 2, 3, 4, 5, 6])
      this.#creates('trainer', `2026-03-0${version + 1}T10:00:00Z`, version, '0.91');
    this.#does('ana', '2026-03-07T12:00:00Z', moved(6, 'None', 'Staging', 'Passed the backtest.'));
    this.#does('ana', '2026-03-09T08:30:00Z', moved(6, 'Staging', 'Production', 'Champion of March.'));
    this.#creates('trainer', '2026-03-17T02:10:00Z', 7, '0.97');
    this.#does('ben', '2026-03-17T09:40:00Z', moved(7, 'None', 'Staging', null));
    this.#does(
      'ben',
      '2026-03-18T14:05:11.120Z',
      moved(6, 'Production', 'Archived', 'AUC 0.97!', 7),
      moved(7, 'Staging', 'Production', 'AUC 0.97!'),
    );
    this.#does('ben', '2026-03-18T14:20:00Z', {
      type: 'VersionDescribed',
      data: { version: 7, description: 'Uses the new feature chargeback_30d.' },
    });
    this.#does('ben', '2026-03-18T14:21:30Z', {
      type: 'TagSet',
      data: { version: 7, key: 'owner', value: 'ben' },
    });
    this.#creates('trainer', '2026-03-18T15:00:00Z', 8, '0.96');
    this.#refused('ben', '2026-03-18T15:31:40Z', {
      command: 'TransitionStage',
      code: 'PRECONDITION_FAILED',
      message: 'The model is at revision 18, and was expected at 15.',
      subject: { name: 'fraud', version: 8 },
    });
    this.#does(
      'carla',
      '2026-03-18T15:32:05.500Z',
      moved(7, 'Production', 'Archived', 'v7 refuses good customers, INC-4711', 6),
      moved(6, 'Archived', 'Production', 'v7 refuses good customers, INC-4711'),
    );
    this.#does('ana', '2026-03-19T08:00:00Z', {
      type: 'TagSet',
      data: { version: 7, key: 'incident', value: 'INC-4711' },
    });
  }

  #creates(actor: string, at: string, version: number, auc: string): void {
    this.#does(actor, at, {
      type: 'VersionCreated',
      data: {
        version,
        source: `s3://models/fraud/${version}`,
        storageLocation: null,
        runId: `run-${version}`,
        runLink: '',
        loggedModelId: null,
        description: '',
        tags: [{ key: 'auc', value: auc }],
      },
    });
  }

  /** One command, by one request. */
  #does(actor: string, at: string, ...facts: readonly Fact[]): void {
    const request = this.#metadata(actor, at);
    for (const fact of facts) {
      const event = this.#history.record(fraudId, fact, { at: Date.parse(at) });
      this.events.push({ ...event, position: this.events.length + 1, metadata: request });
    }
  }

  #refused(actor: string, at: string, data: JsonObject): void {
    const position = this.events.length + 1;
    this.events.push({
      id: `00000000-0000-4000-9000-${String(position).padStart(12, '0')}`,
      type: 'CommandRefused',
      data,
      metadata: this.#metadata(actor, at),
      stream: refusedCommandStream(fraudId),
      revision: 0,
      position,
      recordedAt: Date.parse(at),
    });
  }

  #metadata(actor: string, at: string): JsonObject {
    const id = `request-${this.events.length + 1}`;
    return {
      schemaVersion: 1,
      actor: { type: 'user', id: actor, authentication: 'basic-unverified' },
      client: { address: '10.0.0.7', userAgent: actor === 'trainer' ? 'mlflow-python-client/3.4.0' : null },
      requestId: id,
      $correlationId: id,
      $causationId: id,
      happenedAt: new Date(at).toISOString(),
    };
  }
}

function moved(
  version: number,
  from: Stage,
  to: Stage,
  comment: string | null,
  inFavourOf: number | null = null,
): Fact {
  return { type: 'StageTransitioned', data: { version, from, to, comment, inFavourOf } };
}
