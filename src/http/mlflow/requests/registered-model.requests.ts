import type { Tag } from '../../../domain/registered-model/events.js';
import { OptionalText, RequiredText, TagList, TextList } from '../fields.js';

export class CreateRegisteredModelRequest {
  @RequiredText() name!: string;
  @TagList() tags: Tag[] = [];
  @OptionalText() description = '';
}

export class RenameRegisteredModelRequest {
  @RequiredText() name!: string;
  @RequiredText() new_name!: string;
}

/** A description that is left out clears the one that was there, as in MLflow. */
export class UpdateRegisteredModelRequest {
  @RequiredText() name!: string;
  @OptionalText() description = '';
}

export class DeleteRegisteredModelRequest {
  @RequiredText() name!: string;
}

export class GetRegisteredModelRequest {
  @RequiredText() name!: string;
}

export class GetLatestVersionsRequest {
  @RequiredText() name!: string;
  @TextList() stages: string[] = [];
}

export class SetRegisteredModelTagRequest {
  @RequiredText() name!: string;
  @RequiredText() key!: string;
  @OptionalText() value = '';
}

export class DeleteRegisteredModelTagRequest {
  @RequiredText() name!: string;
  @RequiredText() key!: string;
}

export class SetRegisteredModelAliasRequest {
  @RequiredText() name!: string;
  @RequiredText() alias!: string;
  @RequiredText() version!: string;
}

export class RegisteredModelAliasRequest {
  @RequiredText() name!: string;
  @RequiredText() alias!: string;
}
