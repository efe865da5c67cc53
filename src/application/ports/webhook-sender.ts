/** One request to an endpoint, ready to be sent. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of it. */
export interface WebhookAnswer {
  /** Null when there was no HTTP answer. */
  readonly status: number | null;
  /** Why there was none, for people; null when there was one. */
  readonly error: string | null;
  /** How its body begins, at most 4,096 characters; null without a body. */
  readonly excerpt: string | null;
  /** For how long the endpoint asks to be left alone (`Retry-After`), in milliseconds. */
  readonly retryAfter: number | null;
  /** From the call to the end of the answer. */
  readonly milliseconds: number;
}

/**
 * Sends requests to endpoints that users name, and to nothing that they may not reach: the address is checked when the
 * connection is made, for every connection. Redirects are not followed.
 */
export abstract class WebhookSender {
  /** Never rejects: what goes wrong is the answer. Aborted, too, in which case it may have arrived. */
  abstract send(request: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer>;

  /**
   * Checks an address before it is kept: its scheme, that its host is found and that it may be reached. Where MLflow has
   * words for a refusal, they are MLflow's (registry contract, "URL rules").
   *
   * @throws RegistryError INVALID_PARAMETER_VALUE
   */
  abstract refuseUnreachable(url: string): Promise<void>;
}
