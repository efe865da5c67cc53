import type { ActiveStage, Stage } from './stage.js';
import type { Tag, VersionStatus } from './events.js';

interface Requests {
  RegisterModel: { name: string; claimId: string; description: string; tags: readonly Tag[] };
  /** `claimId` holds the new name; null when the model keeps its name, which MLflow allows. */
  RenameModel: { name: string; newName: string; claimId: string | null };
  DescribeModel: { name: string; description: string };
  DeleteModel: { name: string };
  /** `name` is the one that the model had when it was deleted, and `claimId` holds it. */
  RestoreModel: { name: string; claimId: string };
  /** Makes sure that the model never takes `name` under this claim. Refused when it has the name already. */
  ForfeitNameClaim: { name: string; claimId: string };

  CreateVersion: {
    name: string;
    source: string;
    storageLocation: string | null;
    runId: string;
    runLink: string;
    loggedModelId: string | null;
    description: string;
    tags: readonly Tag[];
  };
  DescribeVersion: { name: string; version: number; description: string | null };
  ChangeVersionStatus: { name: string; version: number; status: VersionStatus; message: string | null };
  DeleteVersion: { name: string; version: number };
  RestoreVersion: { name: string; version: number };
  TransitionStage: {
    name: string;
    version: number;
    stage: Stage;
    archiveExistingVersions: boolean;
    comment: string | null;
  };
  /** Moves the version that was in the stage before back to it and archives what is in it now. */
  RollBack: { name: string; stage: ActiveStage; comment: string | null };

  /** `version` null: a tag of the model itself. */
  SetTag: { name: string; version: number | null; key: string; value: string };
  DeleteTag: { name: string; version: number | null; key: string };
  SetAlias: { name: string; alias: string; version: number };
  DeleteAlias: { name: string; alias: string };
}

export type RegisteredModelCommandType = keyof Requests;

/**
 * What can be asked of a registered model. `name` is the name under which the client knows it, `at` the time that the
 * events get, in milliseconds since the epoch.
 */
export type RegisteredModelCommand = {
  [Type in RegisteredModelCommandType]: Readonly<Requests[Type]> & {
    readonly type: Type;
    readonly at: number;
  };
}[RegisteredModelCommandType];

/** The command of one type. */
export type CommandOf<Type extends RegisteredModelCommandType> = Extract<
  RegisteredModelCommand,
  { type: Type }
>;
