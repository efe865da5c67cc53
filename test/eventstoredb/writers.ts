import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, HttpClient } from '../support/http-client.js';

/** Something that a client wanted to be written, under a text that nothing else has. */
export interface Wish {
  readonly text: string;
  readonly model: string;
  /** Whether it was sent again and again with an Idempotency-Key until it was done. */
  readonly keyed: boolean;
  /** The version that was created, when the client was told so. */
  acknowledged: number | undefined;
}

/** How a client tries again: MLflow's clients wait longer, but tests cannot. */
const pauseBeforeRetry = 50;

/**
 * Clients who create versions, tag them and move them to Production, all the time. Every second one sends each request
 * once, without an Idempotency-Key, and does not know what became of one that failed; the others send it with a key
 * until it succeeds.
 */
export class Writers {
  /** The versions that were wanted. */
  readonly versions: Wish[] = [];
  /** The tags that were wanted. Tag and value are the same text. */
  readonly tags: Wish[] = [];
  /** Answers that no client should ever get. */
  readonly unexpected: unknown[] = [];
  /** How often the service said that it cannot at present. */
  refusals = 0;
  #acknowledged = 0;
  #stopped = false;
  readonly #working: Promise<unknown>;

  constructor(
    private readonly client: HttpClient,
    private readonly models: readonly string[],
    count: number,
  ) {
    this.#working = Promise.all(Array.from({ length: count }, (_, index) => this.#work(index)));
  }

  /** Resolves when so many more requests have been acknowledged, or so many more refused. */
  async until(more: { readonly acknowledged?: number; readonly refused?: number }): Promise<void> {
    const acknowledged = this.#acknowledged + (more.acknowledged ?? 0);
    const refusals = this.refusals + (more.refused ?? 0);
    while (this.#acknowledged < acknowledged || this.refusals < refusals) await pause(10);
  }

  /** Lets everybody finish what they are at. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  async #work(client: number): Promise<void> {
    const keyed = client % 2 === 0;
    for (let round = 0; !this.#stopped; round += 1) {
      const model = this.models[(client + round) % this.models.length] ?? '';
      const wish = (text: string): Wish => ({ text, model, keyed, acknowledged: undefined });
      const version = wish(`s3://bucket/${client}/${round}`);
      this.versions.push(version);
      const created = await this.#write('create', version, { source: version.text });
      if (created === undefined) continue;
      version.acknowledged = Number(created.body['model_version']?.['version']);
      const of = { version: String(version.acknowledged) };
      const tag = wish(`tag-${client}-${round}`);
      this.tags.push(tag);
      const tagged = await this.#write('set-tag', tag, { ...of, key: tag.text, value: tag.text });
      if (tagged !== undefined) tag.acknowledged = version.acknowledged;
      if (round % 4 !== 0) continue;
      const move = { ...of, stage: 'Production', archive_existing_versions: 'true' };
      await this.#write('transition-stage', wish(`move-${client}-${round}`), move);
    }
  }

  /** The answer of a request that succeeded, in the end; undefined when it is not known what became of it. */
  async #write(path: string, { text, model, keyed }: Wish, fields: object): Promise<Answer | undefined> {
    const headers: Record<string, string> = keyed ? { 'idempotency-key': text } : {};
    for (;;) {
      const answer = await this.#ask(`model-versions/${path}`, { name: model, ...fields }, headers);
      if (answer?.status === 200) {
        this.#acknowledged += 1;
        return answer;
      }
      await pause(pauseBeforeRetry * (0.5 + Math.random()));
      if (!keyed || this.unexpected.length > 0) return undefined;
    }
  }

  /** Undefined when there was no answer, as from a process that was killed. */
  async #ask(path: string, body: object, headers: Record<string, string>): Promise<Answer | undefined> {
    const answer = await this.client.mlflow('POST', path, body, headers).catch(() => undefined);
    if (answer === undefined || answer.status === 200) return answer;
    if (isClearRefusal(answer)) this.refusals += 1;
    else this.unexpected.push({ path, body, status: answer.status, answer: answer.body });
    return answer;
  }
}

function isClearRefusal({ status, headers, body }: Answer): boolean {
  const { error_code: code, message } = body as { error_code?: string; message?: string };
  return (
    status === 503 &&
    code === 'TEMPORARILY_UNAVAILABLE' &&
    headers.get('retry-after') === '1' &&
    typeof message === 'string' &&
    message.length > 10
  );
}
