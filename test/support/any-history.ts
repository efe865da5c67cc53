import * as fc from 'fast-check';
import type { RegisteredModelCommand } from '../../src/domain/registered-model/commands.js';
import { decide } from '../../src/domain/registered-model/decide.js';
import { NameClaimClosedError } from '../../src/domain/registered-model/errors.js';
import type { RegisteredModelEvent } from '../../src/domain/registered-model/events.js';
import { evolve } from '../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../src/domain/registered-model/registered-model.js';
import { activeStages, stages } from '../../src/domain/registered-model/stage.js';
import { RegistryError } from '../../src/domain/registry-error.js';
import { at, command, noon } from './registered-model-words.js';

const name = fc.constantFrom('iris', 'lily');
const claimId = fc.constantFrom('claim-2', 'claim-3', 'claim-4', 'claim-5');
const version = fc.integer({ min: 0, max: 5 });
const target = fc.option(version);
const text = fc.string({ maxLength: 3, unit: 'grapheme' });
const key = fc.constantFrom('team', 'validated', '__proto__', '');
const alias = fc.constantFrom('champion', 'challenger', '__proto__');
const tags = fc.uniqueArray(fc.record({ key, value: text }), { maxLength: 3, selector: (tag) => tag.key });
const stage = fc.constantFrom(...stages);
const status = fc.constantFrom(
  'PENDING_REGISTRATION' as const,
  'FAILED_REGISTRATION' as const,
  'READY' as const,
);

const registering = fc.record({ description: text, tags }).map((said) => command('RegisterModel', said));

const renaming = fc
  .record({ name, newName: name, claimId })
  .map((said) => command('RenameModel', said.name === said.newName ? { ...said, claimId: null } : said));

const creating = fc
  .record({
    name,
    source: text,
    storageLocation: fc.option(text),
    runId: text,
    loggedModelId: fc.option(text),
    description: text,
    tags,
  })
  .map((said) => command('CreateVersion', said));

/** A transition that archives the others wherever that can be asked for. */
export const archivingTransition: fc.Arbitrary<RegisteredModelCommand> = fc
  .record({ name, version, stage, comment: fc.option(text) })
  .map((said) =>
    command('TransitionStage', {
      ...said,
      archiveExistingVersions: said.stage === 'Staging' || said.stage === 'Production',
    }),
  );

const anyTransition = fc
  .tuple(archivingTransition, fc.boolean())
  .map(([transition, archiving]) =>
    archiving ? transition : ({ ...transition, archiveExistingVersions: false } as RegisteredModelCommand),
  );

const rest = fc.oneof(
  renaming,
  fc.record({ name, description: text }).map((said) => command('DescribeModel', said)),
  fc.record({ name, claimId }).map((said) => command('ForfeitNameClaim', said)),
  fc.record({ name, version, description: fc.option(text) }).map((said) => command('DescribeVersion', said)),
  fc
    .record({ name, version, status, message: fc.option(text) })
    .map((said) => command('ChangeVersionStatus', said)),
  fc.record({ name, version }).map((said) => command('DeleteVersion', said)),
  fc.record({ name, version }).map((said) => command('RestoreVersion', said)),
  fc.record({ name, version: target, key, value: text }).map((said) => command('SetTag', said)),
  fc.record({ name, version: target, key }).map((said) => command('DeleteTag', said)),
  fc.record({ name, version, alias }).map((said) => command('SetAlias', said)),
  fc.record({ name, alias }).map((said) => command('DeleteAlias', said)),
);

const rollingBack = fc
  .record({ name, stage: fc.constantFrom(...activeStages), comment: fc.option(text) })
  .map((said) => command('RollBack', said));

const restoring = fc.record({ name, claimId }).map((said) => command('RestoreModel', said));

const deleting = name.map((name) => command('DeleteModel', { name }));

/** Commands of all types that may come to one model, the first of which registers it. One millisecond apart. */
export function anyCommands(
  transition: fc.Arbitrary<RegisteredModelCommand> = anyTransition,
): fc.Arbitrary<readonly RegisteredModelCommand[]> {
  const one = fc.oneof(
    { weight: 6, arbitrary: creating },
    { weight: 6, arbitrary: transition },
    { weight: 1, arbitrary: rollingBack },
    { weight: 12, arbitrary: rest },
    { weight: 1, arbitrary: deleting },
    { weight: 2, arbitrary: restoring },
  );
  return fc
    .tuple(fc.option(claimId), registering, fc.array(one, { maxLength: 40, size: 'max' }))
    .map(([forfeited, first, others]) => [
      ...(forfeited === null ? [] : [command('ForfeitNameClaim', { claimId: forfeited })]),
      first,
      ...others,
    ])
    .map((commands) => commands.map((command, index) => at(noon + index, command)));
}

export interface Lived {
  readonly model: RegisteredModel;
  readonly events: readonly RegisteredModelEvent[];
}

/** What becomes of a model. Refused commands are passed over; anything else that is thrown is a mistake of ours. */
export function live(commands: readonly RegisteredModelCommand[]): Lived {
  let model = unregistered;
  const events: RegisteredModelEvent[] = [];
  for (const command of commands) {
    for (const event of decided(model, command)) {
      model = evolve(model, event);
      events.push(event);
    }
  }
  return { model, events };
}

function decided(model: RegisteredModel, command: RegisteredModelCommand): readonly RegisteredModelEvent[] {
  try {
    return decide(model, command);
  } catch (error) {
    if (error instanceof RegistryError || error instanceof NameClaimClosedError) return [];
    throw error;
  }
}
