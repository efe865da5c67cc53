import type { VersionStatus } from './events.js';
import type { Stage } from './stage.js';

/** A version of a model. Times are milliseconds since the epoch. */
export interface ModelVersion {
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stage: Stage;
  readonly description: string | null;
  readonly source: string;
  readonly storageLocation: string | null;
  readonly runId: string;
  readonly runLink: string;
  readonly loggedModelId: string | null;
  readonly status: VersionStatus;
  readonly statusMessage: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly deleted: boolean;
}
