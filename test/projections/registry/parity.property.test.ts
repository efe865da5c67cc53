import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { answerModel, answerVersion } from '../../../src/application/commands/answers.js';
import { liveVersion } from '../../../src/domain/registered-model/registered-model.js';
import { anyCommands, live } from '../../support/any-history.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import { registryAfter } from './registry-spec.js';

it('shows clients what the rules decide on, whatever was deleted and restored', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const { model, events } = live(commands);
      if (model.status === 'unregistered') throw new Error('Every history begins with a registration');
      const history = new RecordedHistory();
      for (const { at, ...fact } of events) history.record('m', fact, { at });
      const { reader } = registryAfter(history.events);

      const isLive = model.status === 'live';
      expect(reader.registeredModel(model.name)).toEqual(isLive ? answerModel(model) : undefined);
      for (const { version } of model.versions) {
        const shown = isLive && liveVersion(model, version) !== undefined;
        expect(reader.modelVersion(model.name, version)).toEqual(
          shown ? answerVersion(version)(model) : undefined,
        );
      }
    }),
    { numRuns: 200 },
  );
});
