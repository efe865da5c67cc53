import { describe, expect, it } from '@jest/globals';
import { ModelNameTakenError } from '../../../src/domain/registered-model/errors.js';

describe('a taken name', () => {
  it.each([
    ['registered model', 'registered model', 'Registered Model (name=iris) already exists.'],
    ['prompt', 'prompt', 'Prompt (name=iris) already exists.'],
    [
      'registered model',
      'prompt',
      "Tried to create a registered model with name 'iris', but the name is already taken by a prompt. " +
        'MLflow does not allow creating a model and a prompt with the same name.',
    ],
    [
      'prompt',
      'registered model',
      "Tried to create a prompt with name 'iris', but the name is already taken by a registered model. " +
        'MLflow does not allow creating a model and a prompt with the same name.',
    ],
  ] as const)('is refused to a %s when a %s has it', (kind, holder, message) => {
    const refusal = new ModelNameTakenError('iris', holder === 'prompt').forNew(kind);
    expect(refusal).toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS', message });
  });
});
