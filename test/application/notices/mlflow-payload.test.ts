import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isAboutPrompt } from '../../../src/application/notices/about-prompt.js';
import { mlflowBody, mlflowPayloadOf } from '../../../src/application/notices/mlflow-payload.js';
import { mlflowSampleOf } from '../../../src/application/notices/mlflow-samples.js';
import type { EventOf } from '../../../src/domain/registered-model/events.js';
import { mlflowEvents } from '../../../src/domain/webhook/mlflow-events.js';
import type { Fact } from '../../support/recorded-events.js';
import { noticed, ordinary, prompt } from './noticed.js';

const then = Date.UTC(2026, 10, 23, 5, 20, 11, 123);
const modelName = 'frañd 🌱';

/** Bodies that MLflow 3.17.2 made of the same facts with `json.dumps`, one a line. */
const golden = (name: string) =>
  readFileSync(new URL(`./${name}.golden.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

const isPromptTag = { key: 'mlflow.prompt.is_prompt', value: 'true' };
const typeTag = { key: '_mlflow_prompt_type', value: 'text' };

function registered(name: string, data: Partial<EventOf<'ModelRegistered'>['data']>): Fact {
  return {
    type: 'ModelRegistered',
    data: { name, claimId: 'c', description: '', tags: [], ...data },
  };
}

function created(version: number, data: Partial<EventOf<'VersionCreated'>['data']> = {}): Fact {
  const nothing = { storageLocation: null, runId: '', runLink: '', loggedModelId: null, description: '' };
  return {
    type: 'VersionCreated',
    data: { version, source: `s3://bucket/${version}`, tags: [], ...nothing, ...data },
  };
}

const tagSet = (version: number | null, key: string, value: string): Fact => ({
  type: 'TagSet',
  data: { version, key, value },
});
const tagDeleted = (version: number | null, key: string): Fact => ({
  type: 'TagDeleted',
  data: { version, key },
});
const aliasSet = (alias: string, version: number, from: number | null = null): Fact => ({
  type: 'AliasSet',
  data: { alias, version, from },
});
const aliasDeleted = (alias: string, version: number): Fact => ({
  type: 'AliasDeleted',
  data: { alias, version },
});

const ofOrdinary = (...facts: Fact[]) => facts.map((fact) => [ordinary, fact] as const);
const ofPrompt = (...facts: Fact[]) => facts.map((fact) => [prompt, fact] as const);

function told(facts: readonly (readonly [string, Fact])[]): string[] {
  const { notices, past } = noticed(facts, then);
  const payloads = notices.map((notice) => mlflowPayloadOf(notice, isAboutPrompt(past)));
  return payloads.filter((payload) => payload !== undefined).map(mlflowBody);
}

const promptRegistered = registered('greet', {
  description: 'first',
  tags: [isPromptTag, { key: 'team', value: 'a' }, typeTag],
});

describe("MLflow's payload", () => {
  it('is, byte for byte, what MLflow sends of the same facts', () => {
    const facts = [
      ...ofOrdinary(
        registered(modelName, {
          tags: [
            { key: '2', value: 'b' },
            { key: '1', value: 'a' },
          ],
        }),
        created(1, { source: 's3://bucket/ü\u007f' }),
        created(2, {
          runId: 'r1',
          description: 'said',
          tags: [
            { key: 'k', value: 'first' },
            { key: 'l', value: '"\\\n' },
            { key: 'k', value: 'last' },
          ],
        }),
        tagSet(1, 'k', ''),
        tagDeleted(1, 'k'),
        aliasSet('a', 1),
        aliasSet('a', 2, 1),
        aliasDeleted('a', 2),
      ),
      ...ofPrompt(
        promptRegistered,
        created(1, {
          tags: [
            isPromptTag,
            { key: 'mlflow.prompt.text', value: 'Hello {{name}}!' },
            { key: 'team', value: 'b' },
            typeTag,
          ],
        }),
        created(2, { description: 'bare', tags: [{ ...isPromptTag, value: 'TRUE' }] }),
        tagSet(null, '_mlflow_experiment_ids', ',0,'),
        tagDeleted(null, '_mlflow_experiment_ids'),
        tagSet(1, 'k', 'v'),
        tagDeleted(1, 'k'),
        aliasSet('a', 1),
        aliasDeleted('a', 1),
      ),
    ];
    expect(told(facts)).toEqual(golden('mlflow-payload'));
  });

  it('is not made of what MLflow does not tell', () => {
    const untold = ofOrdinary(
      tagSet(null, 'k', 'v'),
      tagDeleted(null, 'k'),
      { type: 'ModelDescribed', data: { description: 'd' } },
      { type: 'ModelRenamed', data: { from: modelName, to: 'other', claimId: 'c2' } },
      { type: 'VersionDescribed', data: { version: 1, description: 'd' } },
      { type: 'VersionStatusChanged', data: { version: 1, status: 'READY', message: null } },
      {
        type: 'StageTransitioned',
        data: { version: 1, from: 'None', to: 'Production', comment: null, inFavourOf: null },
      },
      { type: 'VersionDeleted', data: { version: 1 } },
      { type: 'VersionRestored', data: { version: 1, stage: 'None' } },
      { type: 'ModelDeleted', data: { name: 'other' } },
      { type: 'ModelRestored', data: { name: 'other', claimId: 'c3' } },
    );
    const facts = [...ofOrdinary(registered(modelName, {}), created(1)), ...untold];
    expect(told(facts)).toHaveLength(2);
  });

  it('takes a version for one of a prompt by its own tags, as MLflow does', () => {
    const facts = [...ofPrompt(promptRegistered, created(1))];
    expect(told(facts).at(-1)).toContain('{"entity": "model_version", "action": "created"');
  });

  it('takes a tag of a version for one of a prompt by the tags of the model alone', () => {
    const facts = ofOrdinary(
      registered(modelName, {}),
      created(1, { tags: [isPromptTag] }),
      tagSet(1, 'k', 'v'),
    );
    expect(told(facts).at(-1)).toContain('{"entity": "model_version_tag", "action": "set"');
  });

  it('is about a prompt as soon as the model is one, and no longer when it is none', () => {
    const becoming = tagSet(null, isPromptTag.key, 'True');
    const ending = tagDeleted(null, isPromptTag.key);
    const facts = ofOrdinary(registered(modelName, {}), becoming, aliasSet('a', 1), ending, aliasSet('b', 1));
    const entities = told(facts).map((body) => (JSON.parse(body) as { entity: string }).entity);
    expect(entities).toEqual(['registered_model', 'prompt_tag', 'prompt_alias', 'model_version_alias']);
  });

  it('keeps the name that the model had then', () => {
    const renamed: Fact = { type: 'ModelRenamed', data: { from: 'greet', to: 'salute', claimId: 'c2' } };
    const [first, second] = told(ofPrompt(promptRegistered, renamed, aliasSet('a', 1)));
    expect([first, second]).toEqual([
      expect.stringContaining('"name": "greet"'),
      expect.stringContaining('"name": "salute"'),
    ]);
  });
});

describe("MLflow's sample", () => {
  it('is what MLflow sends to try a webhook', () => {
    const bodies = mlflowEvents.map((event) => mlflowBody(mlflowSampleOf(event, then)));
    expect(bodies.toSorted()).toEqual(golden('mlflow-samples').toSorted());
  });
});
