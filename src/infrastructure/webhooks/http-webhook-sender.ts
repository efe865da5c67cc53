import { readFileSync } from 'node:fs';
import { WebhookSender } from '../../application/ports/webhook-sender.js';
import type { WebhookAnswer, WebhookRequest } from '../../application/ports/webhook-sender.js';
import type { AddressPolicy } from './address-policy.js';
import { unresolved } from './address-policy.js';
import { readExcerpt } from './answer-excerpt.js';
import { readEndpoint } from './endpoint-url.js';
import { GuardedHttpAgent, GuardedHttpsAgent } from './guarded-agents.js';
import { post } from './http-post.js';
import { retryAfter } from './retry-after.js';

const manifest = new URL('../../../package.json', import.meta.url);

type Outcome = Omit<WebhookAnswer, 'milliseconds'>;

/**
 * Sends webhooks over HTTP/1.1 and keeps connections for the next ones. An answer counts from its status on: what happens
 * to its body after that shortens the excerpt only.
 */
export class HttpWebhookSender extends WebhookSender {
  readonly #http: GuardedHttpAgent;
  readonly #https: GuardedHttpsAgent;
  readonly #userAgent = `Annals/${JSON.parse(readFileSync(manifest, 'utf8')).version as string}`;

  /** @param timeout of a request, from finding the address to the end of the answer, in milliseconds */
  constructor(
    private readonly policy: AddressPolicy,
    private readonly timeout: number,
  ) {
    super();
    this.#http = new GuardedHttpAgent(policy);
    this.#https = new GuardedHttpsAgent(policy);
  }

  override async send(request: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer> {
    const began = performance.now();
    const giveUp = new AbortController();
    const stop = () => giveUp.abort(new Error('It was stopped before there was an answer'));
    const timer = setTimeout(() => giveUp.abort(new Error(this.#silence)), this.timeout);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    const outcome = await this.#exchange(request, giveUp.signal).catch(withoutAnswer);
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    return { ...outcome, milliseconds: Math.round(performance.now() - began) };
  }

  override async refuseUnreachable(url: string): Promise<void> {
    const endpoint = readEndpoint(url);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(unresolved(endpoint.host, this.#silence)), this.timeout);
    try {
      await Promise.race([this.policy.addressesOf(endpoint), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of the connections that are kept. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #exchange(request: WebhookRequest, signal: AbortSignal): Promise<Outcome> {
    const endpoint = readEndpoint(request.url);
    const agent = endpoint.protocol === 'https:' ? this.#https : this.#http;
    const body = Buffer.from(request.body);
    const headers = {
      ...request.headers,
      'user-agent': this.#userAgent,
      'accept-encoding': 'identity',
      'content-length': body.length,
    };
    const answer = await post({ endpoint, agent, headers, body }, signal);
    return {
      status: answer.statusCode ?? null,
      error: null,
      excerpt: await readExcerpt(answer),
      retryAfter: retryAfter(answer.headers['retry-after'], Date.now()),
    };
  }

  get #silence(): string {
    return `There was no answer within ${this.timeout / 1_000} s`;
  }
}

function withoutAnswer(error: unknown): Outcome {
  return { status: null, error: reasonOf(error), excerpt: null, retryAfter: null };
}

/** Where several addresses were tried, the reasons of all. */
function reasonOf(error: unknown): string {
  const { errors, message } = error as Partial<AggregateError>;
  if (errors !== undefined) return [...new Set(errors.map(reasonOf))].join('; ');
  return message ?? String(error);
}
