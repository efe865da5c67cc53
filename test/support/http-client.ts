/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never>;
}

/** What a client says to a server. */
export interface HttpClient {
  /** Any request; a body that is no text is sent as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A request to MLflow's API; `path` as in `registered-models/create`. */
  mlflow(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export function clientOf(url: string): HttpClient {
  const send: HttpClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    send,
    mlflow: (method, path, body, headers) => send(method, `/api/2.0/mlflow/${path}`, body, headers),
  };
}
