import type { Tag } from '../../../domain/registered-model/events.js';
import { Flag, OptionalText, RequiredText, TagList } from '../fields.js';

export class CreateModelVersionRequest {
  @RequiredText() name!: string;
  @RequiredText() source!: string;
  @OptionalText() run_id = '';
  @TagList() tags: Tag[] = [];
  @OptionalText() run_link = '';
  @OptionalText() description = '';
  @OptionalText() model_id = '';
}

/** A description that is left out clears the one that was there, as in MLflow. */
export class UpdateModelVersionRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
  @OptionalText() description?: string;
}

export class TransitionModelVersionStageRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
  @RequiredText() stage!: string;
  @Flag() archive_existing_versions = false;
}

export class DeleteModelVersionRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
}

export class GetModelVersionRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
}

/** MLflow's server does not check these two before it looks for the version. */
export class GetModelVersionDownloadUriRequest {
  @OptionalText() name = '';
  @OptionalText() version = '';
}

export class SetModelVersionTagRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
  @RequiredText() key!: string;
  @OptionalText() value = '';
}

export class DeleteModelVersionTagRequest {
  @RequiredText() name!: string;
  @RequiredText() version!: string;
  @RequiredText() key!: string;
}
