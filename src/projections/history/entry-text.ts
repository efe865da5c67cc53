import { assertNever } from '../../domain/decider.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import { isOfSubscriber } from '../../application/queries/history/entry-types.js';
import { subscriberDeed } from './subscriber-text.js';

/** What {@link AuditEntry.text} is made of: all the rest of it. */
export type Untold = Omit<AuditEntry, 'text'>;

/** Who did what to what, in plain words. It says the same of the same event for ever. */
export function entryText(entry: Untold): string {
  const { type, id } = entry.actor;
  return `${type === 'system' ? 'the service' : id} ${deed(entry)}`;
}

function deed(entry: Untold): string {
  const { before, after, version, subscriber, type } = entry;
  if (subscriber !== null || isOfSubscriber(type)) return subscriberDeed(entry);
  const model = entry.model.name ?? entry.model.id ?? 'an unknown model';
  const subject = version === null ? model : `${model} v${version}`;
  switch (type) {
    case 'ModelRegistered':
      return `registered ${model}`;
    case 'ModelRenamed':
      return `renamed ${text(before, 'name')} to ${text(after, 'name')}`;
    case 'ModelDescribed':
    case 'VersionDescribed':
      return after?.['description'] === null
        ? `removed the description of ${subject}`
        : `changed the description of ${subject}`;
    case 'ModelDeleted':
    case 'VersionDeleted':
      return entry.from === null ? `deleted ${subject}` : `deleted ${subject}, which was in ${entry.from}`;
    case 'ModelRestored':
    case 'VersionRestored':
      return entry.to === null ? `restored ${subject}` : `restored ${subject} in ${entry.to}`;
    case 'NameClaimForfeited':
      return `made sure that ${text(after, 'name')} is free`;
    case 'NothingChanged':
      return `changed nothing in ${subject}`;
    case 'VersionCreated':
      return `created ${subject}`;
    case 'VersionStatusChanged':
      return `changed the status of ${subject} from ${text(before, 'status')} to ${text(after, 'status')}`;
    case 'StageTransitioned':
      return moved(entry, subject);
    case 'TagSet':
      return before === null
        ? `set tag ${text(after, 'key')} of ${subject} to ${text(after, 'value')}`
        : `changed tag ${text(after, 'key')} of ${subject} from ${text(before, 'value')} to ${text(after, 'value')}`;
    case 'TagDeleted':
      return `removed tag ${text(before, 'key')} from ${subject}`;
    case 'AliasSet':
      return before === null
        ? `gave alias ${text(after, 'alias')} to ${subject}`
        : `moved alias ${text(after, 'alias')} of ${model} from v${text(before, 'version')} to v${text(after, 'version')}`;
    case 'AliasDeleted':
      return `removed alias ${text(before, 'alias')} from ${subject}`;
    case 'CommandRefused':
      return refused(entry, subject);
    default:
      return assertNever(type);
  }
}

function moved({ from, to, inFavourOf, archived }: Untold, subject: string): string {
  const move = from === to ? `moved ${subject} to ${to} again` : `moved ${subject} from ${from} to ${to}`;
  if (inFavourOf !== null) return `${move}, in favour of v${inFavourOf}`;
  if (archived.length === 0) return move;
  return `${move}, archiving ${archived.map((version) => `v${version}`).join(', ')}`;
}

function refused({ outcome, refusal }: Untold, subject: string): string {
  const verb =
    outcome === 'denied' ? 'was denied' : outcome === 'conflict' ? 'met a conflict with' : 'failed with';
  return `${verb} ${refusal?.command ?? 'a command'} on ${subject}: ${refusal?.message ?? ''}`;
}

function text(values: Untold['before'], key: string): string {
  const value = values?.[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
