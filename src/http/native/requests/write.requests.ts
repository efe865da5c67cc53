import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { activeStages } from '../../../domain/registered-model/stage.js';
import { modelDescription } from './common.requests.js';
import { InBody, InPath, InQuery, RequiredInBody } from './field.js';
import { flag, text } from './kind.js';
import { modelReference, versionNumber } from './model-reference.js';

const maxComment = 10_000;

/** A change of a model. */
export class WriteRequest {
  @InPath(modelReference(), modelDescription()) model!: ModelReference;

  @InQuery(flag(), 'Answers what would happen and changes nothing.')
  dryRun = false;
}

export class TransitionRequest extends WriteRequest {
  @InPath(versionNumber(), 'The number of the version.') version!: number;

  @RequiredInBody(
    text(1, 100),
    'The stage to move to: None, Staging, Production or Archived, in any letter case. That there is no such stage is ' +
      'put on record as a refused command.',
  )
  stage!: string;

  @InBody(text(0, maxComment), 'Why. It is kept for ever.')
  comment?: string;

  @InBody(
    flag(),
    'Whether the other versions in the stage are archived, in the same append. Without it: true for ' +
      `${activeStages.join(' and ')}, and false for the other stages, where it cannot be done.`,
  )
  archiveExistingVersions?: boolean;
}

export class RollbackRequest extends WriteRequest {
  @InBody(text(1, 100), `The stage that is to be rolled back: ${activeStages.join(' or ')}.`)
  stage = 'Production';

  @InBody(text(0, maxComment), 'Why. Without it, the event says which versions were rolled back.')
  comment?: string;
}

export class RestoreModelRequest extends WriteRequest {}

export class RestoreVersionRequest extends WriteRequest {
  @InPath(versionNumber(), 'The number of the version.') version!: number;
}
