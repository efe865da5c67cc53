import type { JsonSchema } from './json-schema.js';

/** What a parameter may be: how it is read, how it is documented, and what is said when it is something else. */
export interface Kind<Value> {
  readonly schema: JsonSchema;
  /** Completes "… has to be". */
  readonly valid: string;
  /** Whether it may be given more than once, and several at once with commas between them. */
  readonly isList?: boolean;
  /** What was sent is not repeated to anybody, not even when it is refused. */
  readonly isSecret?: boolean;
  /**
   * The value that was meant; undefined when it is none. A query and a path send texts, a body sends any JSON.
   *
   * @throws RegistryError when the domain has better words than {@link valid}.
   */
  read(sent: unknown): Value | undefined;
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    schema: { type: 'string', enum: words },
    valid: `one of ${words.join(', ')}`,
    read: (sent) => words.find((word) => word === sent),
  };
}

/** Several of one kind. None at all is no list. */
export function listOf<Value>(kind: Kind<Value>): Kind<readonly Value[]> {
  return {
    schema: { type: 'array', items: kind.schema, minItems: 1 },
    valid: `a list, separated by commas, of which each is ${kind.valid}`,
    isList: true,
    read: (sent) => {
      const values = [sent].flat().flatMap((text) => String(text).split(','));
      const read = values.map((value) => kind.read(value)).filter((value) => value !== undefined);
      return read.length === values.length ? read : undefined;
    },
  };
}

/** A whole number. */
export function wholeNumber(minimum: number, maximum: number): Kind<number> {
  return {
    schema: { type: 'integer', minimum, maximum },
    valid: `a whole number from ${minimum} to ${maximum}`,
    read: (sent) => {
      const number = typeof sent === 'string' && /^\d{1,16}$/.test(sent) ? Number(sent) : sent;
      return typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum
        ? number
        : undefined;
    },
  };
}

/** True or false. */
export function flag(): Kind<boolean> {
  return {
    schema: { type: 'boolean' },
    valid: 'true or false',
    read: (sent) => {
      if (typeof sent === 'boolean') return sent;
      return sent === 'true' ? true : sent === 'false' ? false : undefined;
    },
  };
}

/** A text that can be kept and read back by every log and database: no NUL, no half of a surrogate pair. */
export function text(minLength: number, maxLength: number): Kind<string> {
  return {
    schema: { type: 'string', minLength, maxLength },
    valid: `text of ${minLength} to ${maxLength} characters, without NUL`,
    read: (sent) => (isText(sent) && sent.length >= minLength && sent.length <= maxLength ? sent : undefined),
  };
}

/** A UUID, in any letter case. */
export function uuid(): Kind<string> {
  return {
    schema: { type: 'string', format: 'uuid' },
    valid: 'a UUID',
    read: (sent) => (typeof sent === 'string' && isUuid(sent) ? sent.toLowerCase() : undefined),
  };
}

export function isUuid(sent: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(sent);
}

export function isText(sent: unknown): sent is string {
  return typeof sent === 'string' && sent.isWellFormed() && !sent.includes('\0');
}
