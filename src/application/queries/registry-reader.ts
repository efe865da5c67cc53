import type { Stage } from '../../domain/registered-model/stage.js';
import type { ModelSearch, Page, VersionSearch } from './search-criteria.js';
import type { ModelVersionView, RegisteredModelView } from './views.js';

/**
 * What clients read: the registry as of the events that this node has projected.
 * Names compare by code point, without trimming or normalising.
 */
export abstract class RegistryReader {
  /** Undefined when no live model has this name. */
  abstract registeredModel(name: string): RegisteredModelView | undefined;

  /** With aliases. Undefined when there is no such live version, or no such model. */
  abstract modelVersion(name: string, version: number): ModelVersionView | undefined;

  /** With aliases. Undefined when no live model has this name; an alias that points nowhere gives no version. */
  abstract versionByAlias(name: string, alias: string): { version?: ModelVersionView } | undefined;

  /** The newest live version of each of these stages, by version, with aliases. Undefined: no such model. */
  abstract latestVersions(name: string, stages: readonly Stage[]): readonly ModelVersionView[] | undefined;

  /** Where the artifacts of a version are: its storage location, else its source. */
  abstract downloadUri(name: string, version: number): string | undefined;

  abstract searchModels(search: ModelSearch): Page<RegisteredModelView>;

  /** Items come without aliases, as MLflow has it. */
  abstract searchVersions(search: VersionSearch): Page<ModelVersionView>;
}
