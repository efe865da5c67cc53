import type { RegisteredModelEventType } from '../registered-model/events.js';

/** Before the name of every type that is told: the reverse name of the product, as CloudEvents 1.0 advises. */
export const typePrefix = 'io.annals.registry.';

const ofModel = {
  ModelRegistered: 'model.registered',
  ModelRenamed: 'model.renamed',
  ModelDescribed: 'model.described',
  ModelDeleted: 'model.deleted',
  ModelRestored: 'model.restored',
  TagSet: 'model.tag_set',
  TagDeleted: 'model.tag_deleted',
  AliasSet: 'model.alias_set',
  AliasDeleted: 'model.alias_deleted',
} as const;

const ofVersion = {
  VersionCreated: 'version.created',
  VersionDescribed: 'version.described',
  VersionStatusChanged: 'version.status_changed',
  VersionDeleted: 'version.deleted',
  VersionRestored: 'version.restored',
  StageTransitioned: 'version.stage_transitioned',
  TagSet: 'version.tag_set',
  TagDeleted: 'version.tag_deleted',
} as const;

type ShortType = (typeof ofModel)[keyof typeof ofModel] | (typeof ofVersion)[keyof typeof ofVersion];

/** The type of a notice. It never changes its meaning: another meaning would be `.v2`. */
export type NoticeType = `${typeof typePrefix}${ShortType | 'production.changed'}.v1`;

/** Who is in Production has changed: derived, once for a command, beside the notices of its events. */
export const productionChanged: NoticeType = `${typePrefix}production.changed.v1`;

/** All types, in the order of a model's life. */
export const noticeTypes: readonly NoticeType[] = [
  ...Object.values(ofModel).map(full),
  ...Object.values(ofVersion).map(full),
  productionChanged,
];

/** The type under which an event is told; undefined for what the service notes for itself. */
export function noticeTypeOf(type: RegisteredModelEventType, version: number | null): NoticeType | undefined {
  if (version !== null && type in ofVersion) return full(ofVersion[type as keyof typeof ofVersion]);
  if (type in ofModel) return full(ofModel[type as keyof typeof ofModel]);
  return undefined;
}

/** The events of which notices of these types are told. */
export function eventTypesOf(types: readonly NoticeType[]): readonly RegisteredModelEventType[] {
  const wanted = new Set(types);
  const told = [...Object.entries(ofModel), ...Object.entries(ofVersion)]
    .filter(([, short]) => wanted.has(full(short)))
    .map(([event]) => event as RegisteredModelEventType);
  return [...new Set([...told, ...(wanted.has(productionChanged) ? changingProduction : [])])];
}

const changingProduction: readonly RegisteredModelEventType[] = [
  'StageTransitioned',
  'VersionDeleted',
  'VersionRestored',
  'ModelDeleted',
  'ModelRestored',
];

function full(short: ShortType): NoticeType {
  return `${typePrefix}${short}.v1`;
}
