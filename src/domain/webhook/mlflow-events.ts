import type { NoticeType } from '../notices/notice-type.js';

/**
 * What webhooks can be told in MLflow's own payload, in MLflow's words and order: an entity and what became of it
 * (`mlflow.entities.webhook`, `VALID_ENTITY_ACTIONS`). The last one belongs to MLflow's gateway and never happens here.
 */
export const mlflowEvents = [
  'registered_model.created',
  'model_version.created',
  'model_version_tag.set',
  'model_version_tag.deleted',
  'model_version_alias.created',
  'model_version_alias.deleted',
  'prompt.created',
  'prompt_version.created',
  'prompt_tag.set',
  'prompt_tag.deleted',
  'prompt_version_tag.set',
  'prompt_version_tag.deleted',
  'prompt_alias.created',
  'prompt_alias.deleted',
  'budget_policy.exceeded',
] as const;

export type MlflowEvent = (typeof mlflowEvents)[number];

/** What happens here. */
export type RegistryMlflowEvent = Exclude<MlflowEvent, 'budget_policy.exceeded'>;

/** What one of our notices is in MLflow: that depends on whether it is about a prompt. Null: MLflow says nothing. */
interface Meaning {
  readonly ofModel: RegistryMlflowEvent | null;
  readonly ofPrompt: RegistryMlflowEvent;
}

const meanings: Partial<Record<NoticeType, Meaning>> = {
  'io.annals.registry.model.registered.v1': {
    ofModel: 'registered_model.created',
    ofPrompt: 'prompt.created',
  },
  'io.annals.registry.version.created.v1': {
    ofModel: 'model_version.created',
    ofPrompt: 'prompt_version.created',
  },
  'io.annals.registry.model.tag_set.v1': { ofModel: null, ofPrompt: 'prompt_tag.set' },
  'io.annals.registry.model.tag_deleted.v1': { ofModel: null, ofPrompt: 'prompt_tag.deleted' },
  'io.annals.registry.version.tag_set.v1': {
    ofModel: 'model_version_tag.set',
    ofPrompt: 'prompt_version_tag.set',
  },
  'io.annals.registry.version.tag_deleted.v1': {
    ofModel: 'model_version_tag.deleted',
    ofPrompt: 'prompt_version_tag.deleted',
  },
  'io.annals.registry.model.alias_set.v1': {
    ofModel: 'model_version_alias.created',
    ofPrompt: 'prompt_alias.created',
  },
  'io.annals.registry.model.alias_deleted.v1': {
    ofModel: 'model_version_alias.deleted',
    ofPrompt: 'prompt_alias.deleted',
  },
};

/** Whether MLflow has a word for a notice of this type, be it only when it is about a prompt. */
export function isKnownToMlflow(type: NoticeType): boolean {
  return type in meanings;
}

/**
 * MLflow's word for a notice; undefined when it has none.
 *
 * @param isPrompt whether what was created is a prompt, or what was changed belongs to one; asked only if it matters
 */
export function mlflowEventOf(type: NoticeType, isPrompt: () => boolean): RegistryMlflowEvent | undefined {
  const meaning = meanings[type];
  if (meaning === undefined) return undefined;
  return (isPrompt() ? meaning.ofPrompt : meaning.ofModel) ?? undefined;
}

/** The type of the notices that an event of MLflow is told in; undefined for what never happens here. */
export function noticeTypeOfMlflow(event: MlflowEvent): NoticeType | undefined {
  return types.get(event);
}

const types: ReadonlyMap<MlflowEvent, NoticeType> = new Map(
  (Object.entries(meanings) as [NoticeType, Meaning][]).flatMap(([type, { ofModel, ofPrompt }]) => [
    [ofPrompt, type],
    ...(ofModel === null ? [] : [[ofModel, type] as const]),
  ]),
);
