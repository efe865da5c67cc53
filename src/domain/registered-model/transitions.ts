import type { CommandOf } from './commands.js';
import { everyPreviousOccupantDeleted, noPreviousOccupant } from './errors.js';
import type { RegisteredModelEvent } from './events.js';
import { existing, existingVersion } from './existing.js';
import { liveVersion } from './registered-model.js';
import type { ModelContents, RegisteredModel } from './registered-model.js';
import type { ActiveStage } from './stage.js';

/** A move to the stage that the version already has is allowed, as MLflow allows it, and on record. */
export function transition(
  model: RegisteredModel,
  command: CommandOf<'TransitionStage'>,
): readonly RegisteredModelEvent[] {
  const { stage, archiveExistingVersions, comment, at } = command;
  const moved = existingVersion(model, command);
  const events: RegisteredModelEvent[] = [];
  if (archiveExistingVersions) {
    for (const { version, stage: from, deleted } of existing(model, command.name).versions) {
      if (deleted || from !== stage || version === moved.version) continue;
      const data = { version, from, to: 'Archived', comment: null, inFavourOf: moved.version } as const;
      events.push({ type: 'StageTransitioned', data, at });
    }
  }
  const data = { version: moved.version, from: moved.stage, to: stage, comment, inFavourOf: null };
  events.push({ type: 'StageTransitioned', data, at });
  return events;
}

/**
 * One goes back from what was moved to the stage last, if it is still there, to what was moved there before it and still
 * exists, and from nothing to what was there last. To go back twice is therefore to be where one was.
 */
export function rollBack(
  model: RegisteredModel,
  { name, stage, comment, at }: CommandOf<'RollBack'>,
): readonly RegisteredModelEvent[] {
  const contents = existing(model, name);
  const present = [...contents.versions].flatMap((one) =>
    !one.deleted && one.stage === stage ? one.version : [],
  );
  const version = previousOccupant(contents, stage, present);
  return transition(model, {
    type: 'TransitionStage',
    name,
    version,
    stage,
    archiveExistingVersions: true,
    comment: comment ?? rolledBackFrom(present.filter((other) => other !== version)),
    at,
  });
}

function previousOccupant(model: ModelContents, stage: ActiveStage, present: readonly number[]): number {
  const occupants = model.occupants[stage];
  const newest = occupants.findLastIndex((version) => present.includes(version));
  const before = newest < 0 ? occupants : occupants.slice(0, newest);
  const previous = before.findLast((version) => liveVersion(model, version) !== undefined);
  if (previous !== undefined) return previous;
  if (before.length > 0) throw everyPreviousOccupantDeleted(model.name, stage);
  throw noPreviousOccupant(model.name, stage, occupants[newest]);
}

function rolledBackFrom(versions: readonly number[]): string {
  if (versions.length === 0) return 'Rolled back from no version';
  return `Rolled back from version${versions.length === 1 ? '' : 's'} ${versions.join(', ')}`;
}
