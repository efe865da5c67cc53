import { noticeTypes, typePrefix } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import { tagKey } from '../../../domain/registered-model/names.js';
import { isText } from '../requests/kind.js';
import type { Kind } from '../requests/kind.js';
import { moment } from '../requests/moment.js';
import type { SaidMoment } from '../requests/moment.js';

const shortNames = noticeTypes.map((type) => type.slice(typePrefix.length, -'.v1'.length));

/** A type, whole or in short: `io.annals.registry.production.changed.v1`, `production.changed`. */
export function noticeType(): Kind<NoticeType> {
  return {
    schema: { type: 'string', enum: [...noticeTypes, ...shortNames] },
    valid: `one of ${shortNames.join(', ')}, or one of these with ${typePrefix} before it and .v1 behind it`,
    read: (sent) => noticeTypes.find((type, index) => type === sent || shortNames[index] === sent),
  };
}

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
