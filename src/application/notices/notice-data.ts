import type { JsonObject } from '../ports/event-store.js';
import type { AuditEntry } from '../queries/history/audit-entry.js';
import type { Notice } from './notice.js';

/** What a notice says: what changed, who changed it, and who is in which stage since. */
export function noticeData(notice: Notice): JsonObject {
  const { entry, position, modelId, modelName, version, occupants } = notice;
  return {
    position,
    modelId,
    model: modelName,
    version,
    actor: entry.actor,
    ...changeOf(notice),
    occupants,
  };
}

function changeOf({ entry, production }: Notice): JsonObject {
  const { before, after, comment, from, to, inFavourOf, archived } = entry;
  if (production !== null) {
    const { entered, left } = production;
    return { cause: causeOf(entry), entered, left, comment };
  }
  const { type } = entry;
  if (type === 'StageTransitioned') return { from, to, archived, inFavourOf, comment };
  if (type === 'VersionDeleted' || type === 'VersionRestored') return { from, to };
  if (type === 'TagSet' || type === 'TagDeleted')
    return { key: keyed(after ?? before, 'key'), before, after };
  if (type === 'AliasSet' || type === 'AliasDeleted') {
    return { alias: keyed(after ?? before, 'alias'), before, after };
  }
  return { before, after };
}

function keyed(values: JsonObject | null, key: string): unknown {
  return values?.[key] ?? null;
}

/** What brought a change of Production about. */
export const productionCauses = ['transition', 'deletion', 'restoration'] as const;

function causeOf({ type }: AuditEntry): (typeof productionCauses)[number] {
  if (type === 'StageTransitioned') return 'transition';
  return type === 'ModelDeleted' || type === 'VersionDeleted' ? 'deletion' : 'restoration';
}
