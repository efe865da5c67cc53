import type { PythonJsonValue } from '../../domain/python-text.js';
import type { MlflowEvent } from '../../domain/webhook/mlflow-events.js';
import type { MlflowPayload } from './mlflow-payload.js';

/** What MLflow sends to try whether a webhook works: always the same (`example()` in `mlflow.webhooks.types`). */
export function mlflowSampleOf(event: MlflowEvent, at: number): MlflowPayload {
  return { event, at, data: new Map(samples[event]) };
}

type Sample = readonly (readonly [string, PythonJsonValue])[];

const model: Sample = [['name', 'example_model']];
const prompt: Sample = [['name', 'example_prompt']];
const version: Sample = [['version', '1']];
const key: Sample = [['key', 'example_key']];
const keyAndValue: Sample = [...key, ['value', 'example_value']];
const alias: Sample = [['alias', 'example_alias']];
const tags: Sample = [['tags', new Map([['example_key', 'example_value']])]];
const origin: Sample = [
  ['source', 'models:/123'],
  ['run_id', 'abcd1234abcd5678'],
];
const template: Sample = [['template', 'Hello {{name}}!']];

function described(thing: string): Sample {
  return [['description', `An example ${thing}`]];
}

const samples: Readonly<Record<MlflowEvent, Sample>> = {
  'registered_model.created': [...model, ...tags, ...described('registered model')],
  'model_version.created': [...model, ...version, ...origin, ...tags, ...described('model version')],
  'model_version_tag.set': [...model, ...version, ...keyAndValue],
  'model_version_tag.deleted': [...model, ...version, ...key],
  'model_version_alias.created': [...model, ...alias, ...version],
  'model_version_alias.deleted': [...model, ...alias],
  'prompt.created': [...prompt, ...tags, ...described('prompt')],
  'prompt_version.created': [...prompt, ...version, ...template, ...tags, ...described('prompt version')],
  'prompt_tag.set': [...prompt, ...keyAndValue],
  'prompt_tag.deleted': [...prompt, ...key],
  'prompt_version_tag.set': [...prompt, ...version, ...keyAndValue],
  'prompt_version_tag.deleted': [...prompt, ...version, ...key],
  'prompt_alias.created': [...prompt, ...alias, ...version],
  'prompt_alias.deleted': [...prompt, ...alias],
  'budget_policy.exceeded': [
    ['budget_policy_id', 'bp-abc123'],
    ['budget_unit', 'USD'],
    ['budget_amount', 100],
    ['current_spend', 105.5],
    ['duration_unit', 'MONTHS'],
    ['duration_value', 1],
    ['target_scope', 'ENDPOINT'],
    ['workspace', 'default'],
    ['target_value', 'ep-abc123'],
    ['window_start', 1_704_067_200_000],
  ],
};
