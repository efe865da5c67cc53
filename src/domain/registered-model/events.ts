import type { Stage } from './stage.js';

/** A tag of a model or of a version. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** MLflow's `ModelVersionStatus`. */
export type VersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

interface Facts {
  /** First event of a model's life. `claimId` names the claim under which it holds its name (ADR 0003). */
  ModelRegistered: { name: string; claimId: string; description: string; tags: readonly Tag[] };
  /** `claimId` is null when the model was given the name that it had. */
  ModelRenamed: { from: string; to: string; claimId: string | null };
  ModelDescribed: { description: string };
  /** The model is hidden with all that belongs to it. Its history stays. */
  ModelDeleted: { name: string };
  /** The model is back as it was when it was deleted. `claimId` names the claim under which it holds its name again. */
  ModelRestored: { name: string; claimId: string };
  /** Whoever else wants the name has made sure that this claim can never be used again (ADR 0003). */
  NameClaimForfeited: { name: string; claimId: string };
  /** The answer to a command with an Idempotency-Key that had nothing to change. */
  NothingChanged: Record<string, never>;

  VersionCreated: {
    version: number;
    source: string;
    /** Where the artifacts really are, if `source` is a `models:/` reference; null otherwise. */
    storageLocation: string | null;
    runId: string;
    runLink: string;
    /** Id of the logged model that the version was made from, if any. */
    loggedModelId: string | null;
    description: string;
    tags: readonly Tag[];
  };
  VersionDescribed: { version: number; description: string | null };
  VersionStatusChanged: { version: number; status: VersionStatus; message: string | null };
  /** The version is hidden. Its number is never used again and its history stays. */
  VersionDeleted: { version: number };
  /** The version is back, in `stage`, which is never an active one, and without the aliases that it had. */
  VersionRestored: { version: number; stage: Stage };
  StageTransitioned: {
    version: number;
    from: Stage;
    to: Stage;
    /** Why, in the words of the one who moved it; null when nothing was said. */
    comment: string | null;
    /** The version whose transition archived this one as a side effect; null when it was moved itself. */
    inFavourOf: number | null;
  };

  /** A tag of a version, or of the model itself when `version` is null, got this value. */
  TagSet: { version: number | null; key: string; value: string };
  TagDeleted: { version: number | null; key: string };
  /** The alias points to `version`; it pointed to `from` before, or to nothing when that is null. */
  AliasSet: { alias: string; version: number; from: number | null };
  AliasDeleted: { alias: string; version: number };
}

/** The wire names of the events in a registered model's stream. They never change. */
export type RegisteredModelEventType = keyof Facts;

/**
 * Everything that can happen to a registered model and its versions, in its newest shape.
 * `at` is when it happened, in milliseconds since the epoch.
 */
export type RegisteredModelEvent = {
  [Type in RegisteredModelEventType]: {
    readonly type: Type;
    readonly data: Readonly<Facts[Type]>;
    readonly at: number;
  };
}[RegisteredModelEventType];

/** The event of one type. */
export type EventOf<Type extends RegisteredModelEventType> = Extract<RegisteredModelEvent, { type: Type }>;
