import { outcomes, refusedType } from '../../application/queries/history/audit-entry.js';
import type { AuditEntryType, Outcome } from '../../application/queries/history/audit-entry.js';
import { stages } from '../../domain/registered-model/stage.js';
import type { Stage } from '../../domain/registered-model/stage.js';

/** The types in the order of their numbers. To add one at the end changes no table. */
const types: readonly AuditEntryType[] = [
  'ModelRegistered',
  'ModelRenamed',
  'ModelDescribed',
  'ModelDeleted',
  'ModelRestored',
  'NameClaimForfeited',
  'NothingChanged',
  'VersionCreated',
  'VersionDescribed',
  'VersionStatusChanged',
  'VersionDeleted',
  'VersionRestored',
  'StageTransitioned',
  'TagSet',
  'TagDeleted',
  'AliasSet',
  'AliasDeleted',
  refusedType,
  'WebhookCreated',
  'WebhookUpdated',
  'WebhookPaused',
  'WebhookResumed',
  'WebhookDisabled',
  'WebhookSecretRotated',
  'WebhookTested',
  'RedeliveryRequested',
  'WebhookDeleted',
  'ConsumerCreated',
  'ConsumerSought',
  'ConsumerPaused',
  'ConsumerResumed',
  'ConsumerDeleted',
];

const numbers: ReadonlyMap<string, number> = new Map(types.map((type, number) => [type, number]));

/** Types, stages and outcomes as the tables hold them. */
export function typeNumber(type: AuditEntryType): number {
  const number = numbers.get(type);
  if (number === undefined) throw new Error(`The history has no number for the type ${type}`);
  return number;
}

export function typeOf(number: number): AuditEntryType {
  return types[number] ?? 'NothingChanged';
}

export function stageNumber(stage: Stage): number {
  return stages.indexOf(stage);
}

export function stageOf(number: number): Stage {
  return stages[number] ?? 'None';
}

export function stageBit(stage: Stage): number {
  return 1 << stages.indexOf(stage);
}

export function outcomeNumber(outcome: Outcome): number {
  return outcomes.indexOf(outcome);
}

export function outcomeOf(number: number): Outcome {
  return outcomes[number] ?? 'done';
}
