import { assertNever } from '../../domain/decider.js';
import { modelName } from '../../domain/registered-model/names.js';
import { versionNotFound } from '../../domain/registered-model/errors.js';
import {
  isWithin,
  localSourceRefused,
  parseSource,
  refuseLocalPromptSource,
} from '../../domain/registered-model/source.js';
import type { VersionSelector } from '../../domain/registered-model/source.js';
import { parseStage } from '../../domain/registered-model/stage.js';
import { splitUri } from '../../domain/registered-model/uri.js';
import { RegistryError, invalidParameter } from '../../domain/registry-error.js';
import type { CatchingUp } from '../deciding/catching-up.js';
import { TrackingServer } from '../ports/tracking-server.js';
import { RegistryReader } from '../queries/registry-reader.js';
import type { ModelVersionView } from '../queries/views.js';

/** What a client says about where a new version comes from. */
export interface GivenSource {
  readonly source: string;
  readonly runId: string;
  readonly loggedModelId: string | null;
  readonly isPrompt: boolean;
}

/** What is recorded of it. */
export interface ResolvedSource {
  readonly source: string;
  readonly storageLocation: string | null;
  readonly runId: string;
  readonly loggedModelId: string | null;
}

/**
 * Checks where a new version comes from and follows references, as MLflow does (registry contract, "source of a new
 * version"). Runs and logged models are the tracking server's: without one, a local path is taken on the word of the
 * client if it names the run.
 */
export class SourceResolver {
  constructor(
    private readonly tracking: TrackingServer,
    private readonly reader: RegistryReader,
    private readonly catchingUp: CatchingUp,
  ) {}

  /**
   * @throws RegistryError when the source breaks a rule or what it refers to does not exist.
   * @throws TrackingServerError when the tracking server is needed and cannot be asked.
   */
  async resolve(given: GivenSource): Promise<ResolvedSource> {
    const { source, runId, loggedModelId } = given;
    const asGiven = { source, storageLocation: null, runId, loggedModelId };
    if (given.isPrompt) {
      refuseLocalPromptSource(source);
      return asGiven;
    }
    const parsed = parseSource(source);
    switch (parsed.kind) {
      case 'local':
        return { ...asGiven, runId: await this.#checkLocal(given, parsed.path) };
      case 'logged-model':
        return this.#fromLoggedModel(given, parsed.loggedModelId);
      case 'version':
        return this.#fromVersion(given, parsed.name, parsed.selector);
      case 'remote':
        return { ...asGiven, runId: runId || (await this.#runOf(loggedModelId)) };
      default:
        return assertNever(parsed);
    }
  }

  /** Answers the run that the version belongs to. */
  async #checkLocal({ source, runId, loggedModelId }: GivenSource, path: string): Promise<string> {
    if (path.trim() === '') throw localSourceRefused(source, loggedModelId ? 'model_id' : 'run_id');
    if (loggedModelId !== null && this.tracking.configured) {
      const model = await this.#loggedModel(loggedModelId);
      if (!isWithin(path, localPath(model.artifactLocation))) throw localSourceRefused(source, 'model_id');
      return runId || (model.sourceRunId ?? '');
    }
    if (runId === '') throw localSourceRefused(source, 'run_id');
    if (!this.tracking.configured) {
      if (path.split('/').includes('..')) throw localSourceRefused(source, 'run_id');
      return runId;
    }
    const artifactUri = await this.tracking.artifactUriOfRun(runId);
    if (artifactUri === undefined) {
      throw new RegistryError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
    }
    if (!isWithin(path, localPath(artifactUri))) throw localSourceRefused(source, 'run_id');
    return runId;
  }

  async #fromLoggedModel(given: GivenSource, loggedModelId: string): Promise<ResolvedSource> {
    const { source, runId } = given;
    try {
      const model = await this.#loggedModel(loggedModelId);
      return {
        source,
        storageLocation: model.artifactLocation,
        runId: runId || (model.sourceRunId ?? ''),
        loggedModelId: given.loggedModelId ?? loggedModelId,
      };
    } catch (error) {
      throw unresolvable(source, error);
    }
  }

  async #fromVersion(given: GivenSource, name: string, selector: VersionSelector): Promise<ResolvedSource> {
    // What another node has just written may be the very version, or say where an alias leads now.
    await this.catchingUp.ifPossible();
    try {
      const version = this.#select(modelName(name), selector);
      return {
        source: `models:/${name}/${version.version}`,
        storageLocation: this.reader.downloadUri(name, version.version) ?? version.source,
        runId: given.runId || version.runId,
        loggedModelId: given.loggedModelId,
      };
    } catch (error) {
      throw unresolvable(given.source, error);
    }
  }

  #select(name: string, selector: VersionSelector): ModelVersionView {
    const found = this.#candidates(name, selector)?.at(-1);
    if (found) return found;
    if (typeof selector === 'object' && 'version' in selector) throw versionNotFound(name, selector.version);
    throw invalidParameter(`No version of ${name} answers to this reference`);
  }

  #candidates(name: string, selector: VersionSelector): readonly ModelVersionView[] | undefined {
    if (selector === 'latest')
      return this.reader.latestVersions(name, ['None', 'Staging', 'Production', 'Archived']);
    if ('stage' in selector) return this.reader.latestVersions(name, [parseStage(selector.stage)]);
    const version =
      'alias' in selector
        ? this.reader.versionByAlias(name, selector.alias)?.version
        : this.reader.modelVersion(name, selector.version);
    return version && [version];
  }

  async #runOf(loggedModelId: string | null): Promise<string> {
    if (loggedModelId === null || !this.tracking.configured) return '';
    return (await this.#loggedModel(loggedModelId)).sourceRunId ?? '';
  }

  async #loggedModel(loggedModelId: string) {
    if (!this.tracking.configured) {
      throw invalidParameter(
        'Logged models are known to the tracking server, and ANNALS_TRACKING_URI is not set.',
      );
    }
    const model = await this.tracking.loggedModel(loggedModelId);
    if (model) return model;
    throw new RegistryError('RESOURCE_DOES_NOT_EXIST', `Logged model with ID '${loggedModelId}' not found.`);
  }
}

/** MLflow answers this with a 500; the words are its own (ADR 0006). */
function unresolvable(source: string, error: unknown): unknown {
  if (!(error instanceof RegistryError)) return error;
  return invalidParameter(
    `Unable to fetch model from model URI source artifact location '${source}'.Error: ${error.message}`,
  );
}

/** The path of a local artifact location; anything else holds no local path. */
function localPath(artifactUri: string): string {
  const { scheme } = splitUri(artifactUri);
  const location = scheme === '' || scheme === 'file' ? parseSource(artifactUri) : undefined;
  return location?.kind === 'local' ? location.path : '\0';
}
