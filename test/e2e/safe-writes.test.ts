import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { DeleteModel } from '../../src/application/commands/delete-model.js';
import { RegisterModel } from '../../src/application/commands/register-model.js';
import { RestoreModel } from '../../src/application/commands/restore-model.js';
import { RestoreVersion } from '../../src/application/commands/restore-version.js';
import { RollBack } from '../../src/application/commands/roll-back.js';
import { TransitionStage } from '../../src/application/commands/transition-stage.js';
import { CommandPlanner } from '../../src/application/deciding/command-planner.js';
import { context } from '../support/registry-node.js';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

describe('a change that can be looked at before, and taken back', () => {
  let server: TestServer;
  let commands: CommandBus;
  let modelId = '';

  beforeAll(async () => {
    server = await startTestServer();
    commands = server.app.get(CommandBus);
    const asker = context({ onOutcome: (outcome) => (modelId = outcome.modelId) });
    await commands.execute(new RegisterModel('iris', 'Petals.', [], asker));
    for (const version of ['1', '2']) {
      await server.mlflow('POST', 'model-versions/create', { name: 'iris', source: 's3://bucket/model' });
      await commands.execute(new TransitionStage('iris', version, 'Production', true, null, context()));
    }
  });

  afterAll(() => server.close());

  const registered = async () => (await server.mlflow('GET', 'registered-models/get?name=iris')).body;
  const stageOf = async (version: number) => {
    const { body } = await server.mlflow('GET', `model-versions/get?name=iris&version=${version}`);
    return (body['model_version'] as { current_stage: string } | undefined)?.current_stage;
  };

  it('is planned without a trace', async () => {
    const plan = await server.app
      .get(CommandPlanner)
      .plan(context(), (asker) => new RollBack('iris', 'production', null, asker));
    expect(plan).toMatchObject({ archived: [2], revision: 5 });
    expect(await stageOf(2)).toBe('Production');
  });

  it('is rolled back in one step, which every reader sees at once', async () => {
    const version = await commands.execute(new RollBack('iris', 'Production', null, context()));
    expect(version).toMatchObject({ version: 1, stage: 'Production' });
    expect([await stageOf(1), await stageOf(2)]).toEqual(['Production', 'Archived']);
  });

  it('brings back a deleted model as it was', async () => {
    const before = await registered();
    await commands.execute(new DeleteModel('iris', context()));
    expect(await registered()).toMatchObject({ error_code: 'RESOURCE_DOES_NOT_EXIST' });
    await commands.execute(new RestoreModel(modelId, context()));
    expect(await registered()).toEqual(before);
    expect(await stageOf(1)).toBe('Production');
  });

  it('brings back a deleted version, out of use', async () => {
    await server.mlflow('DELETE', 'model-versions/delete', { name: 'iris', version: '1' });
    expect(await stageOf(1)).toBeUndefined();
    await commands.execute(new RestoreVersion('iris', '1', context()));
    expect(await stageOf(1)).toBe('Archived');
  });
});
