import { describe, expect, it } from '@jest/globals';
import {
  InvalidStageMoveError,
  parseStage,
  parseStageToRollBack,
  parseTransitionTarget,
} from '../../../src/domain/registered-model/stage.js';
import { RegistryError } from '../../../src/domain/registry-error.js';

describe('a stage', () => {
  it.each([
    ['None', 'None'],
    ['none', 'None'],
    ['STAGING', 'Staging'],
    ['production', 'Production'],
    ['pRoDuCtIoN', 'Production'],
    ['archived', 'Archived'],
  ])('is known in any letter case: %s', (text, stage) => expect(parseStage(text)).toBe(stage));

  it.each(['bogus', '', ' Production', 'Deleted_Internal', 'ſtaging', 'toString'])(
    'is one of four: %j',
    (text) =>
      expect(() => parseStage(text)).toThrow(
        new RegistryError(
          'INVALID_PARAMETER_VALUE',
          `Invalid Model Version stage: ${text}. Value must be one of None, Staging, Production, Archived.`,
        ),
      ),
  );
});

describe('the target of a transition', () => {
  it.each(['None', 'Staging', 'Production', 'Archived'])('may be %s when nothing is archived', (stage) =>
    expect(parseTransitionTarget(stage.toLowerCase(), false)).toBe(stage),
  );

  it.each(['Staging', 'Production'])('may be %s when those in it are archived', (stage) =>
    expect(parseTransitionTarget(stage.toLowerCase(), true)).toBe(stage),
  );

  it.each(['None', 'Archived', 'archived'])('may not be %s then, as it was sent', (stage) => {
    const parse = () => parseTransitionTarget(stage, true);
    expect(parse).toThrow(RegistryError);
    expect(parse).toThrow(
      `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. ` +
        `Valid stages are ['Staging', 'Production']`,
    );
  });

  it('is a stage in the first place', () =>
    expect(() => parseTransitionTarget('bogus', true)).toThrow('Invalid Model Version stage: bogus.'));
});

describe('the stage to roll back', () => {
  it.each(['Staging', 'Production'])('may be %s, in any letter case', (stage) =>
    expect(parseStageToRollBack(stage.toUpperCase())).toBe(stage),
  );

  it.each(['None', 'Archived'])('may not be %s, in which nothing serves', (stage) =>
    expect(() => parseStageToRollBack(stage.toLowerCase())).toThrow(
      new InvalidStageMoveError(
        `${stage} cannot be rolled back: it is not an Active stage. Valid stages are ['Staging', 'Production']`,
      ),
    ),
  );

  it('is a stage in the first place', () =>
    expect(() => parseStageToRollBack('bogus')).toThrow('Invalid Model Version stage: bogus.'));
});
