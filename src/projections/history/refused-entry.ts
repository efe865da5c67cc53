import type { Outcome } from '../../application/queries/history/audit-entry.js';
import type { NewEntry } from './entry-rows.js';
import { fields } from './facts.js';
import type { Refusal } from './recorded-change.js';

const outcomesOfCodes: Readonly<Record<string, Outcome>> = {
  PERMISSION_DENIED: 'denied',
  UNAUTHENTICATED: 'denied',
  RESOURCE_CONFLICT: 'conflict',
  PRECONDITION_FAILED: 'conflict',
  RESOURCE_ALREADY_EXISTS: 'conflict',
  INVALID_PARAMETER_VALUE: 'invalid',
  INVALID_STATE: 'invalid',
  RESOURCE_DOES_NOT_EXIST: 'invalid',
};

/** The entry of a command that was refused: it is no fact about the model, but about who wanted what. */
export function refusedEntry({ type, data }: Refusal): NewEntry {
  const { command, code, message, subject } = data;
  return {
    type,
    outcome: outcomesOfCodes[code] ?? 'failed',
    scope: 0,
    field: fields.none,
    key: '',
    flags: 0,
    stages: 0,
    version: subject.version,
    fromStage: null,
    toStage: null,
    comment: null,
    before: null,
    after: null,
    details: { refusal: { command, code, message } },
  };
}
