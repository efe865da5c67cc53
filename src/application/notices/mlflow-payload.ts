import { assertNever } from '../../domain/decider.js';
import { toPythonJson } from '../../domain/python-text.js';
import type { PythonJsonValue } from '../../domain/python-text.js';
import type { EventOf } from '../../domain/registered-model/events.js';
import { isPromptKey, promptTextKey, promptTypeKey } from '../../domain/registered-model/prompt.js';
import { mlflowEventOf } from '../../domain/webhook/mlflow-events.js';
import type { MlflowEvent, RegistryMlflowEvent } from '../../domain/webhook/mlflow-events.js';
import { tagMap, tagsIn } from './about-prompt.js';
import type { IsAboutPrompt } from './about-prompt.js';
import type { Notice } from './notice.js';

/** The members of MLflow's `data`, in MLflow's order. */
export type MlflowData = ReadonlyMap<string, PythonJsonValue>;

/** What MLflow sends to a webhook (`mlflow.webhooks.types` and `_send_webhook_request`). */
export interface MlflowPayload {
  readonly event: MlflowEvent;
  /** When it happened, in milliseconds since the epoch: the same however often it is told. */
  readonly at: number;
  readonly data: MlflowData;
}

/** A notice as MLflow tells it; undefined when MLflow tells nothing of the kind. */
export function mlflowPayloadOf(notice: Notice, isAboutPrompt: IsAboutPrompt): MlflowPayload | undefined {
  const event = mlflowEventOf(notice.type, () => isAboutPrompt(notice));
  if (event === undefined) return undefined;
  return { event, at: notice.entry.happenedAt, data: new Map(membersOf(event, notice)) };
}

/** The body of the request, byte for byte as Python's `json.dumps` writes it. */
export function mlflowBody({ event, at, data }: MlflowPayload): string {
  const [entity = '', action = ''] = event.split('.');
  return toPythonJson(
    new Map<string, PythonJsonValue>([
      ['entity', entity],
      ['action', action],
      ['timestamp', pythonTime(at)],
      ['data', data],
    ]),
  );
}

/** `datetime.isoformat()` of a time in UTC that has microseconds. */
function pythonTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '000+00:00');
}

type Members = readonly (readonly [string, PythonJsonValue])[];

function membersOf(event: RegistryMlflowEvent, { entry, modelName, version }: Notice): Members {
  const name = ['name', modelName] as const;
  const ofVersion = ['version', String(version)] as const;
  const told = (entry.after ?? entry.before ?? {}) as { key: string; value: string; alias: string };
  switch (event) {
    case 'registered_model.created':
    case 'prompt.created': {
      const { description } = entry.after as EventOf<'ModelRegistered'>['data'];
      const tags = event === 'prompt.created' ? promptTags(entry) : tagMap(tagsIn(entry.after));
      return [name, ['tags', tags], ['description', description]];
    }
    case 'model_version.created': {
      const { source, runId, description } = entry.after as Created;
      const origin: Members = [
        ['source', source],
        ['run_id', runId || null],
      ];
      const tags = tagMap(tagsIn(entry.after));
      return [name, ofVersion, ...origin, ['tags', tags], ['description', description || null]];
    }
    case 'prompt_version.created': {
      const { description } = entry.after as Created;
      const tags = promptTags(entry);
      const template = tags.get(promptTextKey) ?? null;
      tags.delete(promptTextKey);
      const texts: Members = [
        ['template', template],
        ['tags', tags],
      ];
      return [name, ofVersion, ...texts, ['description', description || null]];
    }
    case 'prompt_tag.set':
      return [name, ['key', told.key], ['value', told.value]];
    case 'prompt_tag.deleted':
      return [name, ['key', told.key]];
    case 'model_version_tag.set':
    case 'prompt_version_tag.set':
      return [name, ofVersion, ['key', told.key], ['value', told.value]];
    case 'model_version_tag.deleted':
    case 'prompt_version_tag.deleted':
      return [name, ofVersion, ['key', told.key]];
    case 'model_version_alias.created':
    case 'prompt_alias.created':
      return [name, ['alias', told.alias], ofVersion];
    case 'model_version_alias.deleted':
    case 'prompt_alias.deleted':
      return [name, ['alias', told.alias]];
    default:
      return assertNever(event);
  }
}

type Created = EventOf<'VersionCreated'>['data'];

/** What a prompt is created with, without the tags that say that it is one (MLflow keeps them from receivers). */
function promptTags({ after }: Notice['entry']): Map<string, string> {
  const tags = tagMap(tagsIn(after));
  tags.delete(isPromptKey);
  tags.delete(promptTypeKey);
  return tags;
}
