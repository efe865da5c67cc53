import { activeStages } from '../../../domain/registered-model/stage.js';
import type { ActiveStage, Stage } from '../../../domain/registered-model/stage.js';
import type { ModelReference } from '../../../application/queries/history/past-views.js';
import {
  ModelRequest,
  PagedModelRequest,
  PagedRequest,
  WindowRequest,
  modelDescription,
} from './common.requests.js';
import { InPath, InQuery } from './field.js';
import { listOf, oneOf, text, wholeNumber } from './kind.js';
import { modelReference, versionNumber } from './model-reference.js';
import { stage } from './stage.js';

export class ModelsRequest extends PagedRequest {
  @InQuery(text(1, 1_000), 'How the names of the models begin.')
  prefix?: string;
}

export class VersionsRequest extends PagedModelRequest {
  @InQuery(oneOf('left-out', 'included'), 'Whether versions that were deleted then are listed, too.')
  deleted: 'left-out' | 'included' = 'left-out';
}

export class StagesRequest extends PagedRequest {
  @InQuery(modelReference(), 'Only this model: its name, or `id:` and its id.')
  model?: ModelReference;

  @InQuery(listOf(stage()), 'Only these stages.')
  stage?: readonly Stage[];
}

export class StageOccupancyRequest extends WindowRequest {
  @InPath(modelReference(), modelDescription()) model!: ModelReference;
  @InPath(stage(), 'The stage.') stage!: Stage;
}

export class VersionOccupancyRequest extends WindowRequest {
  @InPath(modelReference(), modelDescription()) model!: ModelReference;
  @InPath(versionNumber(), 'The number of the version.') version!: number;
}

export class TransitionsRequest extends PagedModelRequest {
  @InPath(versionNumber(), 'The number of the version.') version!: number;
  @InQuery(stage(), 'Only moves to this stage.') to?: Stage;
}

export class RollbackPlanRequest extends ModelRequest {
  @InQuery(oneOf(...activeStages), 'The stage that is to be rolled back.')
  stage: ActiveStage = 'Production';

  @InQuery(wholeNumber(1, 100), 'How many earlier occupants are listed at most.')
  limit = 10;
}
