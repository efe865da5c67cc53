import { beforeEach, describe, expect, it } from '@jest/globals';
import { ModelDirectory } from '../../../src/application/deciding/model-directory.js';
import type { Claim, NameClaims } from '../../../src/application/deciding/name-claims.js';

let holders: Map<string, Claim>;
let asked: string[];
let directory: ModelDirectory;

beforeEach(() => {
  holders = new Map([['iris', { modelId: 'one', claimId: 'claim-1' }]]);
  asked = [];
  const claims = {
    holderOf: async (name: string) => {
      asked.push(name);
      return holders.get(name);
    },
  };
  directory = new ModelDirectory(claims as NameClaims);
});

describe('the directory', () => {
  it('leads from a name to the model that claims it', async () => {
    expect(await directory.find('iris')).toBe('one');
  });

  it('leads nowhere from a free name', async () => {
    expect(await directory.find('lily')).toBeUndefined();
  });

  it('remembers where a name leads', async () => {
    await directory.find('iris');
    holders.set('iris', { modelId: 'two', claimId: 'claim-2' });
    expect(await directory.find('iris')).toBe('one');
    expect(asked).toEqual(['iris']);
  });

  it('does not remember that a name leads nowhere', async () => {
    await directory.find('lily');
    holders.set('lily', { modelId: 'two', claimId: 'claim-2' });
    expect(await directory.find('lily')).toBe('two');
  });

  it('looks a name up in the log when asked to, and remembers that', async () => {
    await directory.find('iris');
    holders.set('iris', { modelId: 'two', claimId: 'claim-2' });
    expect(await directory.lookUp('iris')).toBe('two');
    expect(await directory.find('iris')).toBe('two');
  });

  it('forgets a name that it finds to be free', async () => {
    await directory.find('iris');
    holders.delete('iris');
    expect(await directory.lookUp('iris')).toBeUndefined();
    expect(await directory.find('iris')).toBeUndefined();
  });
});
