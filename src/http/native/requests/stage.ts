import { stages } from '../../../domain/registered-model/stage.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import type { Kind } from './kind.js';

/** A stage, in any letter case. */
export function stage(): Kind<Stage> {
  return {
    schema: { type: 'string', enum: stages },
    valid: `one of ${stages.join(', ')}`,
    read: (sent) =>
      typeof sent === 'string'
        ? stages.find((candidate) => candidate.toLowerCase() === sent.toLowerCase())
        : undefined,
  };
}
