import { everyNotice } from '../../../domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import { stages } from '../../../domain/registered-model/stage.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import type { JsonSchema } from './json-schema.js';
import { noticeType } from './notice-type.js';
import { isText, text } from './kind.js';
import type { Kind } from './kind.js';
import { stage } from './stage.js';

const maxPattern = 1_000;
const maxStars = 20;
const maxTagKey = 250;
const maxTagValue = 10_000;

/** What a filter has beside the types. */
const conditions = {
  model: {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: maxPattern,
    description:
      'Only of models of this name, in which `*` stands for any text, as they are called after the event.',
  },
  from: { enum: [...stages, null], description: 'Only where a version left this stage.' },
  to: {
    enum: [...stages, null],
    description: 'Only where a version entered this stage. With `from`: the same one.',
  },
  tag: {
    type: ['object', 'null'],
    properties: { key: { type: 'string' }, value: { type: ['string', 'null'] } },
    required: ['key'],
    additionalProperties: false,
    description:
      'Only where the model, or the version that it is about, has this tag after the event; with any value if it has ' +
      'none here.',
  },
};

/**
 * A filter as a client writes it, where what is left out, or null, holds always; or as it is answered.
 *
 * @param type of events, in the words of the one or the other
 */
export function noticeFilterSchema(type: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      types: {
        type: ['array', 'null'],
        items: type,
        minItems: 1,
        description: 'Only these types of events.',
      },
      ...conditions,
    },
    additionalProperties: false,
  };
}

/** Which events a subscriber wants: all conditions hold. What is wrong with it is said member by member. */
export function noticeFilter(): Kind<NoticeFilter> {
  return {
    schema: noticeFilterSchema(noticeType().schema),
    valid: 'an object with types, model, from, to and tag, each of which may be left out',
    read: (sent) => {
      if (!isObject(sent)) return undefined;
      const unknown = Object.keys(sent).find((name) => !Object.hasOwn(everyNotice, name));
      if (unknown !== undefined) {
        throw invalidParameter(
          `there is no ${quoted(unknown)} in a filter: there are types, model, from, to and tag.`,
        );
      }
      const member = (name: keyof NoticeFilter) => (Object.hasOwn(sent, name) ? (sent[name] ?? null) : null);
      const read = <Value>(name: keyof NoticeFilter, reader: (value: unknown) => Value): Value | null =>
        member(name) === null ? null : reader(member(name));
      return {
        types: read('types', readTypes),
        model: read('model', readPattern),
        from: read('from', (value) => readAs(stage(), 'from', value)),
        to: read('to', (value) => readAs(stage(), 'to', value)),
        tag: read('tag', readTag),
      };
    },
  };
}

function readTypes(sent: unknown): readonly NoticeType[] {
  if (!Array.isArray(sent) || sent.length === 0) {
    throw invalidParameter('types has to be a list of at least one type.');
  }
  return [...new Set(sent.map((type) => readAs(noticeType(), 'each of types', type)))];
}

/** No name of a model has a slash or a colon, so that a pattern with one would match nothing for ever. */
function readPattern(sent: unknown): string {
  const pattern = readAs(text(1, maxPattern), 'model', sent);
  if (/[/:]/.test(pattern)) {
    throw invalidParameter(`model ${quoted(pattern)} has a / or a :, and no name of a model has.`);
  }
  if (pattern.split('*').length - 1 > maxStars) {
    throw invalidParameter(`model has more than ${maxStars} times a *.`);
  }
  return pattern;
}

function readTag(sent: unknown): NoticeFilter['tag'] {
  const { key, value = null, ...others } = isObject(sent) ? sent : {};
  const isRight =
    isText(key) &&
    key.length > 0 &&
    key.length <= maxTagKey &&
    (value === null || (isText(value) && value.length <= maxTagValue)) &&
    Object.keys(others).length === 0;
  if (isRight) return { key, value };
  throw invalidParameter('tag has to be an object with a key and, if it matters, a value.');
}

function readAs<Value>(kind: Kind<Value>, name: string, sent: unknown): Value {
  const value = kind.read(sent);
  if (value === undefined) throw invalidParameter(`${name} has to be ${kind.valid}, not ${quoted(sent)}.`);
  return value;
}

function isObject(sent: unknown): sent is Readonly<Record<string, unknown>> {
  return typeof sent === 'object' && sent !== null && !Array.isArray(sent);
}

function quoted(sent: unknown): string {
  return (JSON.stringify(sent) ?? '').slice(0, 100);
}
