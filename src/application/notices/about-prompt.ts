import type { JsonObject } from '../ports/event-store.js';
import type { PastReader } from '../queries/history/past-reader.js';
import type { Tag } from '../../domain/registered-model/events.js';
import { isPrompt } from '../../domain/registered-model/prompt.js';
import type { Notice } from './notice.js';

/** Whether a notice is about a prompt, in MLflow's sense of it. */
export type IsAboutPrompt = (notice: Notice) => boolean;

/**
 * What is created is a prompt if its own tags say so; what is changed belongs to one if the model's tags say so right
 * after the event (`_is_prompt_request` and `_is_prompt` in `mlflow.server.handlers`).
 */
export function isAboutPrompt(past: PastReader): IsAboutPrompt {
  return ({ entry, modelId, position }) => {
    const isCreation = entry.type === 'ModelRegistered' || entry.type === 'VersionCreated';
    const tags = isCreation ? tagsIn(entry.after) : past.model({ id: modelId }, position)?.tags;
    return isPrompt(tagMap(tags ?? []));
  };
}

/** The tags that a model or a version was created with. */
export function tagsIn(created: JsonObject | null): readonly Tag[] {
  return (created as { tags: readonly Tag[] } | null)?.tags ?? [];
}

/** By key; of those with the same key the last one counts, in the place of the first, as in Python. */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]));
}
