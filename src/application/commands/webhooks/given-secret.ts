/**
 * A secret that a user brings along. It says what it is to nobody who does not ask: not to logs, and not to the hash
 * that stands for a command in the log, from which a short secret could be guessed.
 */
export class GivenSecret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  toJSON(): string {
    return '***';
  }
}

/** Which secret a webhook is to get. Without one its requests are not signed. */
export type SecretWish = GivenSecret | 'generated' | 'none';
