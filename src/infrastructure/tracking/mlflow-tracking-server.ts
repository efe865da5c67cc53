import { TrackingServer, TrackingServerError } from '../../application/ports/tracking-server.js';
import type { LoggedModel } from '../../application/ports/tracking-server.js';

const timeoutMilliseconds = 10_000;

interface RunAnswer {
  readonly run?: { readonly info?: { readonly artifact_uri?: string } };
}

interface LoggedModelAnswer {
  readonly model?: {
    readonly info?: { readonly artifact_uri?: string; readonly source_run_id?: string };
  };
}

/** Asks an MLflow tracking server over its REST API; user and password may stand in the URL. */
export class MlflowTrackingServer extends TrackingServer {
  override readonly configured: boolean;

  /** @param base root of the server, `http://host:port`; undefined when there is none */
  constructor(private readonly base: URL | undefined) {
    super();
    this.configured = base !== undefined;
  }

  override async artifactUriOfRun(runId: string): Promise<string | undefined> {
    const answer = await this.#get<RunAnswer>(`runs/get?run_id=${encodeURIComponent(runId)}`);
    return answer?.run?.info?.artifact_uri;
  }

  override async loggedModel(loggedModelId: string): Promise<LoggedModel | undefined> {
    const answer = await this.#get<LoggedModelAnswer>(`logged-models/${encodeURIComponent(loggedModelId)}`);
    const info = answer?.model?.info;
    if (info?.artifact_uri === undefined) return undefined;
    return { artifactLocation: info.artifact_uri, sourceRunId: info.source_run_id || null };
  }

  async #get<Answer>(path: string): Promise<Answer | undefined> {
    if (this.base === undefined) throw new TrackingServerError('No tracking server is configured');
    const { origin, pathname, username, password } = this.base;
    const url = `${origin}${pathname.replace(/\/$/, '')}/api/2.0/mlflow/${path}`;
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    try {
      const response = await fetch(url, {
        headers: username === '' ? {} : { authorization },
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      if (response.status === 404 || response.status === 400) return undefined;
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return (await response.json()) as Answer;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TrackingServerError(`The tracking server ${origin} cannot be asked: ${reason}`, { cause });
    }
  }
}
