/** A model that a run logged, which the tracking server keeps. */
export interface LoggedModel {
  readonly artifactLocation: string;
  readonly sourceRunId: string | null;
}

/**
 * The MLflow tracking server beside which this registry works: it knows runs and logged models, the registry does not.
 */
export abstract class TrackingServer {
  /** False when no tracking server is configured; asking is then an error. */
  abstract readonly configured: boolean;

  /**
   * Where the run keeps its artifacts; undefined when there is no such run.
   *
   * @throws TrackingServerError when the server cannot be asked.
   */
  abstract artifactUriOfRun(runId: string): Promise<string | undefined>;

  /** Undefined when there is no such logged model. Throws as {@link artifactUriOfRun} does. */
  abstract loggedModel(loggedModelId: string): Promise<LoggedModel | undefined>;
}

/** The tracking server did not answer, or not in a way that could be understood. */
export class TrackingServerError extends Error {
  override readonly name = 'TrackingServerError';
}
