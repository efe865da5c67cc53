import type { Tag, VersionStatus } from '../../domain/registered-model/events.js';
import type { Stage } from '../../domain/registered-model/stage.js';

/** A model version as a client sees it. Times are milliseconds since the epoch. */
export interface ModelVersionView {
  readonly name: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stage: Stage;
  /** Null when an update left it out, which MLflow renders by omission; `''` when it was never given. */
  readonly description: string | null;
  readonly source: string;
  readonly runId: string;
  readonly runLink: string;
  readonly status: VersionStatus;
  readonly statusMessage: string | null;
  /** By key, in byte order. */
  readonly tags: readonly Tag[];
  /** In byte order. MLflow leaves them out of search results and of a model's latest versions: then empty. */
  readonly aliases: readonly string[];
}

export interface AliasView {
  readonly alias: string;
  readonly version: number;
}

/** A registered model as a client sees it. Times are milliseconds since the epoch. */
export interface RegisteredModelView {
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly description: string;
  /** The newest live version of each stage that has one, by rising version, without aliases. */
  readonly latestVersions: readonly ModelVersionView[];
  /** By key, in byte order. */
  readonly tags: readonly Tag[];
  /** By alias, in byte order. */
  readonly aliases: readonly AliasView[];
}
