import type { Difference, FieldDifference } from '../../../application/queries/history/difference.js';
import type {
  Cause,
  Occupancy,
  PastModel,
  PastVersion,
  Transition,
} from '../../../application/queries/history/past-views.js';
import type { AsOf } from '../moments/as-of.js';
import { iso, isoOrNull } from './iso.js';

/** The native API's JSON. Times are ISO 8601 in UTC; what there is none of is null. */

export function asOfMessage({ position, recordedAt }: AsOf) {
  return { position, time: isoOrNull(recordedAt) };
}

export function modelMessage(model: PastModel) {
  const { createdAt, updatedAt, ...rest } = model;
  return { ...rest, createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
}

export function versionMessage(version: PastVersion) {
  const { name, createdAt, updatedAt, ...rest } = version;
  return { model: name, ...rest, createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
}

export function causeMessage(cause: Cause) {
  const { happenedAt, recordedAt, ...rest } = cause;
  return { ...rest, happenedAt: iso(happenedAt), recordedAt: iso(recordedAt) };
}

export function occupancyMessage({ modelId, name, version, stage, opened, closed, milliseconds }: Occupancy) {
  return {
    modelId,
    model: name,
    version,
    stage,
    opened: causeMessage(opened),
    closed: closed ? causeMessage(closed) : null,
    milliseconds,
  };
}

export function transitionMessage({ modelId, version, from, to, cause }: Transition) {
  return { modelId, version, from, to, cause: causeMessage(cause) };
}

export function differenceMessage({ changed, fields, tags, aliases }: Difference) {
  return {
    changed,
    fields: fields.map(fieldMessage),
    tags: tags.map(fieldMessage),
    aliases: aliases.map(fieldMessage),
  };
}

const times: ReadonlySet<string> = new Set(['createdAt', 'updatedAt']);

function fieldMessage({ field, left, right, changed }: FieldDifference) {
  const value = (side: unknown) =>
    times.has(field) && typeof side === 'number' ? iso(side) : (side ?? null);
  return { field, left: value(left), right: value(right), changed };
}
