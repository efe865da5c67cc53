import type {
  CommandOf,
  RegisteredModelCommand,
  RegisteredModelCommandType,
} from '../../src/domain/registered-model/commands.js';
import { registeredModelDecider } from '../../src/domain/registered-model/decider.js';
import type {
  EventOf,
  RegisteredModelEvent,
  RegisteredModelEventType,
  VersionStatus,
} from '../../src/domain/registered-model/events.js';
import type { Stage } from '../../src/domain/registered-model/stage.js';
import { specify } from './decider-spec.js';

/**
 * Short words for what happens to a registered model and what is asked of it. Where nothing else is said the model is
 * called iris, and everything happens at noon.
 */
export const noon = Date.UTC(2026, 0, 1, 12);

export const given = specify(registeredModelDecider);

/** The same event or command at another time, in milliseconds. */
export function at<Timed extends { readonly at: number }>(time: number, timed: Timed): Timed {
  return { ...timed, at: time };
}

type DataOf<Type extends RegisteredModelEventType> = EventOf<Type>['data'];

function event<Type extends RegisteredModelEventType>(type: Type, data: DataOf<Type>): RegisteredModelEvent {
  return { type, data, at: noon } as unknown as RegisteredModelEvent;
}

export function registered(data: Partial<DataOf<'ModelRegistered'>> = {}): RegisteredModelEvent {
  return event('ModelRegistered', { name: 'iris', claimId: 'claim-1', description: '', tags: [], ...data });
}

export const iris = registered();

export function renamed(from: string, to: string, claimId: string | null): RegisteredModelEvent {
  return event('ModelRenamed', { from, to, claimId });
}

export function described(description: string): RegisteredModelEvent {
  return event('ModelDescribed', { description });
}

export function deleted(name = 'iris'): RegisteredModelEvent {
  return event('ModelDeleted', { name });
}

export function restored(claimId: string, name = 'iris'): RegisteredModelEvent {
  return event('ModelRestored', { name, claimId });
}

export function forfeited(claimId: string, name = 'iris'): RegisteredModelEvent {
  return event('NameClaimForfeited', { name, claimId });
}

export function nothingChanged(): RegisteredModelEvent {
  return event('NothingChanged', {});
}

export function version(number: number, data: Partial<DataOf<'VersionCreated'>> = {}): RegisteredModelEvent {
  return event('VersionCreated', { version: number, ...fromRun, description: '', tags: [], ...data });
}

export function versionDescribed(version: number, description: string | null): RegisteredModelEvent {
  return event('VersionDescribed', { version, description });
}

export function statusChanged(
  version: number,
  status: VersionStatus,
  message: string | null = null,
): RegisteredModelEvent {
  return event('VersionStatusChanged', { version, status, message });
}

export function versionDeleted(version: number): RegisteredModelEvent {
  return event('VersionDeleted', { version });
}

export function versionRestored(version: number, stage: Stage): RegisteredModelEvent {
  return event('VersionRestored', { version, stage });
}

export function moved(
  version: number,
  from: Stage,
  to: Stage,
  why: Partial<Pick<DataOf<'StageTransitioned'>, 'comment' | 'inFavourOf'>> = {},
): RegisteredModelEvent {
  return event('StageTransitioned', { version, from, to, comment: null, inFavourOf: null, ...why });
}

export function tagSet(key: string, value: string, version: number | null = null): RegisteredModelEvent {
  return event('TagSet', { version, key, value });
}

export function tagDeleted(key: string, version: number | null = null): RegisteredModelEvent {
  return event('TagDeleted', { version, key });
}

export function aliasSet(alias: string, version: number, from: number | null = null): RegisteredModelEvent {
  return event('AliasSet', { alias, version, from });
}

export function aliasDeleted(alias: string, version: number): RegisteredModelEvent {
  return event('AliasDeleted', { alias, version });
}

const fromRun = {
  source: 's3://bucket/model',
  storageLocation: null,
  runId: 'run-1',
  runLink: '',
  loggedModelId: null,
} as const;

/** What can be said in a command of this type beside the name of the model and the time. */
type Said<Type extends RegisteredModelCommandType> = Omit<CommandOf<Type>, 'type' | 'at'>;

const unsaid = {
  RegisterModel: { claimId: 'claim-1', description: '', tags: [] },
  RenameModel: { newName: 'lily', claimId: 'claim-2' },
  DescribeModel: { description: 'Petals.' },
  DeleteModel: {},
  RestoreModel: { claimId: 'claim-2' },
  ForfeitNameClaim: { claimId: 'claim-1' },
  CreateVersion: { ...fromRun, description: '', tags: [] },
  DescribeVersion: { version: 1, description: 'Better.' },
  ChangeVersionStatus: { version: 1, status: 'READY', message: null },
  DeleteVersion: { version: 1 },
  RestoreVersion: { version: 1 },
  TransitionStage: { version: 1, stage: 'Production', archiveExistingVersions: false, comment: null },
  RollBack: { stage: 'Production', comment: null },
  SetTag: { version: null, key: 'team', value: 'botany' },
  DeleteTag: { version: null, key: 'team' },
  SetAlias: { alias: 'champion', version: 1 },
  DeleteAlias: { alias: 'champion' },
} as const satisfies { [Type in RegisteredModelCommandType]: Omit<Said<Type>, 'name'> };

/** A command with what matters in it; the rest is what a client would say. */
export function command<Type extends RegisteredModelCommandType>(
  type: Type,
  said: Partial<Said<Type>> = {},
): RegisteredModelCommand {
  return { type, name: 'iris', ...unsaid[type], ...said, at: noon } as unknown as RegisteredModelCommand;
}

/** Every type of command. */
export const commandTypes = Object.keys(unsaid) as readonly RegisteredModelCommandType[];

/** Moves a version to a stage and archives those that are in it. */
export function promote(version: number, stage: Stage = 'Production'): RegisteredModelCommand {
  return command('TransitionStage', { version, stage, archiveExistingVersions: true });
}
