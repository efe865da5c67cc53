import { categories, outcomes } from '../../../application/queries/history/audit-entry.js';
import type { AuditEntryType, Category, Outcome } from '../../../application/queries/history/audit-entry.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import { AsOfRequest, WindowRequest } from './common.requests.js';
import { entryTypes } from '../../../application/queries/history/entry-types.js';
import { InPath, InQuery } from './field.js';
import { listOf, oneOf, text } from './kind.js';
import type { Kind } from './kind.js';
import { isUuid } from './kind.js';
import { subject } from './model-reference.js';
import type { Subject } from './model-reference.js';
import { stage } from './stage.js';

export const exportFormats = ['json', 'ndjson', 'csv'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Which entries of the audit trail, and in which format. */
export class AuditRequest extends WindowRequest {
  @InQuery(
    subject(),
    'Only what happened to this model, `fraud`, or to this version of it, `fraud/7`. A name means every model that had ' +
      'it, under all its names; `id:` and an id means one model.',
  )
  subject?: Subject;

  @InQuery(text(1, 256), 'Only what this actor did: the id.')
  actor?: string;

  @InQuery(listOf(oneOf(...entryTypes)), 'Only these types of events.')
  type?: readonly AuditEntryType[];

  @InQuery(stage(), 'Only where a version left this stage or entered it.')
  stage?: Stage;

  @InQuery(
    listOf(oneOf(...outcomes)),
    'Only these outcomes: `done` is an event, the others are why a command was refused.',
  )
  outcome?: readonly Outcome[];

  @InQuery(
    oneOf(...categories),
    '`registry` is what happened to models, `control-plane` what happened to webhooks and consumers. `housekeeping` is ' +
      'what the service notes for itself and changes nothing that a client sees.',
  )
  category?: Category;

  @InQuery(
    text(1, 256),
    'Only what belongs together: all entries of one command have the same correlation id.',
  )
  correlation?: string;

  @InQuery(oneOf('newestFirst', 'oldestFirst'), 'The order of the pages. Exports are always oldest first.')
  order: 'newestFirst' | 'oldestFirst' = 'newestFirst';

  @InQuery(
    oneOf(...exportFormats),
    'In place of `Accept`. `ndjson` and `csv` are everything at once, oldest first, and have no pages.',
  )
  format?: ExportFormat;
}

/** Deletions have their contents with them, which is no matter of a table. */
export class DeletionsRequest extends WindowRequest {
  @InQuery(subject(), 'Only deletions of this model, `fraud`, or of this version of it, `fraud/7`.')
  subject?: Subject;

  @InQuery(text(1, 256), 'Only what this actor deleted: the id.')
  actor?: string;

  @InQuery(text(1, 256), 'Only deletions with this correlation id.')
  correlation?: string;

  @InQuery(oneOf('newestFirst', 'oldestFirst'), 'The order of the pages.')
  order: 'newestFirst' | 'oldestFirst' = 'newestFirst';
}

export class EntryRequest extends AsOfRequest {
  @InPath(eventReference(), 'The id of the event, or `position:` and its position in the log.')
  event!: EventReference;
}

export type EventReference = { readonly eventId: string } | { readonly position: number };

function eventReference(): Kind<EventReference> {
  return {
    schema: {
      anyOf: [
        { type: 'string', format: 'uuid' },
        { type: 'string', pattern: '^position:[0-9]{1,15}$' },
      ],
    },
    valid: 'the id of an event, which is a UUID, or position: and a position',
    read: (sent) => {
      const text = String(sent);
      const [, digits] = /^position:(\d{1,15})$/.exec(text) ?? [];
      if (digits !== undefined) return { position: Number(digits) };
      return isUuid(text) ? { eventId: text.toLowerCase() } : undefined;
    },
  };
}
