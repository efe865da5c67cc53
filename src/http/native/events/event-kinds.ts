import { tagKey } from '../../../domain/registered-model/names.js';
import { isText } from '../requests/kind.js';
import type { Kind } from '../requests/kind.js';
import { moment } from '../requests/moment.js';
import type { SaidMoment } from '../requests/moment.js';

const positionDigits = /^\d{1,16}$/;

/** A position of the log, or whatever else says when. */
export function place(): Kind<SaidMoment> {
  const { schema, valid, read } = moment();
  return {
    schema: { anyOf: [{ type: 'integer', minimum: 0 }, ...(schema['anyOf'] as readonly object[])] },
    valid: `a position of the log, such as 1234, or ${valid}`,
    read: (sent) => {
      if (!positionDigits.test(String(sent))) return read(sent);
      const position = Number(sent);
      return Number.isSafeInteger(position) ? { position } : undefined;
    },
  };
}

export interface TagCondition {
  readonly key: string;
  /** Null for any. */
  readonly value: string | null;
}

const longestCondition = 10_000;

/** `key`, or `key=value`: no key has a `=`. */
export function tagCondition(): Kind<TagCondition> {
  return {
    schema: { type: 'string', maxLength: longestCondition },
    valid: `the key of a tag, or its key, = and its value, in ${longestCondition} characters at most`,
    read: (sent) => {
      if (!isText(sent) || sent.length > longestCondition) return undefined;
      const [key = '', ...value] = sent.split('=');
      return { key: tagKey(key), value: value.length === 0 ? null : value.join('=') };
    },
  };
}
