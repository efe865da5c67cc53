import { describe, expect, it } from '@jest/globals';
import { searchModels, searchVersions } from './searching.js';

const key = 'mlflow.prompt.is_prompt';
const isPrompt = (comparator: string, value: string) => ({ kind: 'tag', key, comparator, value });

describe('Prompts in a search', () => {
  it('are hidden unless asked for', () => {
    expect(searchModels()).toMatchObject({ prompts: 'hidden', conditions: [] });
    expect(searchVersions()).toMatchObject({ prompts: 'hidden', conditions: [] });
  });

  it.each([
    ["= 'true'", isPrompt('=', 'true')],
    ["= 'True'", isPrompt('=', 'True')],
    ["!= 'false'", isPrompt('!=', 'false')],
    ["!= 'FALSE'", isPrompt('!=', 'FALSE')],
  ])('are shown for %s, which also stays a condition', (clause, condition) => {
    const filter = `tags.\`${key}\` ${clause}`;
    expect(searchModels({ filter })).toMatchObject({ prompts: 'shown', conditions: [condition] });
    expect(searchVersions({ filter })).toMatchObject({ prompts: 'shown', conditions: [condition] });
  });

  it.each(["= 'false'", "!= 'true'", "!= 'x'", "LIKE 'true'", "ILIKE 'true'", "= ''"])(
    'stay hidden for %s, which is no condition',
    (clause) => {
      const filter = `name = 'a' AND tags.\`${key}\` ${clause}`;
      expect(searchModels({ filter })).toMatchObject({
        prompts: 'hidden',
        conditions: [{ kind: 'name', comparator: '=', value: 'a' }],
      });
    },
  );

  it.each([`tags.\`${key}\``, `tag.\`${key}\``, `tags.${key}`, `tag.${key}`, `tags."${key}"`])(
    'are asked for by %s',
    (spelling) => {
      expect(searchModels({ filter: `${spelling} = 'true'` }).prompts).toBe('shown');
    },
  );

  it('are shown when the first clause on the tag says so, whatever the next', () => {
    expect(searchModels({ filter: `tags.${key} = 'true' AND tags.${key} = 'false'` })).toMatchObject({
      prompts: 'shown',
      conditions: [isPrompt('=', 'true'), isPrompt('=', 'false')],
    });
  });

  it('stay hidden when the first clause on the tag does not ask for them, and no clause on it counts', () => {
    expect(searchModels({ filter: `tags.${key} = 'false' AND tags.${key} = 'true'` })).toMatchObject({
      prompts: 'hidden',
      conditions: [],
    });
  });

  it('are recognised behind what the Python client adds to every search for models', () => {
    const filter = `name LIKE 'a%' AND tags.\`${key}\` != 'true'`;
    expect(searchModels({ filter })).toMatchObject({
      prompts: 'hidden',
      conditions: [{ kind: 'name', comparator: 'LIKE', value: 'a%' }],
    });
  });
});
