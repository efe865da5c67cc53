import { ValidateBy } from 'class-validator';
import type { Tag } from '../../domain/registered-model/events.js';
import { pythonJson } from '../../domain/python-text.js';
import type { Enumeration } from './enumeration.js';

/**
 * Decorators for the fields of MLflow's request messages (registry contract, "how requests are read"). A request
 * class lists its fields in the order in which MLflow checks them, under MLflow's names; what a field's decorator
 * does not understand is left as it is and refused in MLflow's words.
 */

/** How one field is taken from what the client sent. */
export interface FieldReader {
  readonly isList: boolean;
  /** The name that protobuf's JSON mapping gives it besides its own. */
  readonly inCamelCase: string;
  /** The value that the sent one means, or the sent one itself if it means nothing. */
  read(sent: unknown): unknown;
  /** Whether a value is one that the field may have; what its validator says, without the words. */
  accepts(value: unknown): boolean;
}

const readers = new WeakMap<object, Map<string, FieldReader>>();

/** The fields of a request class. */
export function fieldsOf(type: new () => object): ReadonlyMap<string, FieldReader> {
  return readers.get(type.prototype as object) ?? new Map();
}

interface FieldRule {
  readonly name: string;
  readonly required?: boolean;
  readonly isList?: boolean;
  /** What is expected: told when a text was sent, whose type alone does not say what is wrong with it. */
  readonly hint?: string;
  read?(sent: unknown): unknown;
  accepts(value: unknown): boolean;
}

/** A text that must be there and not be empty. */
export const RequiredText = () => field({ name: 'requiredText', required: true, accepts: isText });

/** A text; the class says what its absence means. */
export const OptionalText = () => field({ name: 'optionalText', accepts: isText });

/** A list of texts; in a query each is a parameter of its own. */
export const TextList = () =>
  field({ name: 'textList', isList: true, accepts: (value) => Array.isArray(value) && value.every(isText) });

/** A list of messages, which the class does not look into, and which must be there. */
export const RequiredList = () =>
  field({ name: 'requiredList', required: true, isList: true, accepts: Array.isArray });

/** A list of messages, which the class does not look into. */
export const OptionalList = () => field({ name: 'optionalList', isList: true, accepts: Array.isArray });

/** A message, which the class does not look into. */
export const OptionalMessage = () =>
  field({ name: 'optionalMessage', accepts: (value) => typeof value === 'object' && !Array.isArray(value) });

/** A value of an enumeration. */
export const EnumValue = (values: Enumeration<string>) =>
  field({
    name: 'enumValue',
    read: (sent) => values.meantBy(sent) ?? sent,
    accepts: (value) => values.has(value),
    hint: `Value must be one of ${values.list}.`,
  });

/** A number of rows, at most `maximum`. MLflow takes a text of digits for a number. */
export const Count = (maximum: number) =>
  field({
    name: 'count',
    read: (sent) => {
      const meant = typeof sent === 'string' && /^[+-]?\d+$/.test(sent) ? Number(sent) : sent;
      return Number(meant) <= maximum ? meant : sent;
    },
    accepts: (value) => Number.isInteger(value) && Number(value) <= maximum,
  });

/** True or false. Clients in R send them as texts. */
export const Flag = () =>
  field({
    name: 'flag',
    read: (sent) => (typeof sent === 'string' ? (flags.get(sent.toLowerCase()) ?? sent) : sent),
    accepts: (value) => typeof value === 'boolean',
  });

/** A list of keys with values; a missing value is the empty text. */
export const TagList = () =>
  field({
    name: 'tagList',
    isList: true,
    read: (sent) => (Array.isArray(sent) ? sent.map(readTag) : sent),
    accepts: (value) => Array.isArray(value) && value.every(isTag),
  });

const flags = new Map([
  ['true', true],
  ['false', false],
]);

function field(rule: FieldRule): PropertyDecorator {
  const accepts = (value: unknown) => {
    if (value === undefined || (rule.required && value === '')) return !rule.required;
    return rule.accepts(value);
  };
  const validate = ValidateBy({
    name: rule.name,
    validator: {
      validate: accepts,
      defaultMessage: (args) => refusal(args?.property ?? '', args?.value, rule),
    },
  });
  return (prototype, property) => {
    const fields = readers.get(prototype) ?? new Map<string, FieldReader>();
    readers.set(prototype, fields);
    fields.set(String(property), {
      isList: rule.isList ?? false,
      inCamelCase: camelCase(String(property)),
      read: rule.read ?? ((sent) => sent),
      accepts,
    });
    validate(prototype, property);
  };
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const hint = 'See the API docs for more information about request parameters.';

function refusal(name: string, value: unknown, rule: FieldRule): string {
  const isMissing = value === undefined || (value === '' && rule.isList !== true);
  if (rule.required && isMissing) return `Missing value for required parameter '${name}'. ${hint}`;
  const why = typeof value === 'string' && rule.hint !== undefined ? rule.hint : reason(value);
  return `Invalid value ${pythonJson(value)} for parameter '${name}' supplied:  Hint: ${why} ${hint}`;
}

function reason(value: unknown): string {
  if (typeof value === 'string' && !isText(value)) return 'Value holds characters that no text can hold.';
  return `Value was of type '${pythonType(value)}'.`;
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'dict';
}

/** NUL and halves of surrogate pairs cannot be kept and read back by every log and database. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

function readTag(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null) return sent;
  const { key, value } = sent as Partial<Tag>;
  return { key: key ?? '', value: value ?? '' };
}

function isTag(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const tag = value as Partial<Tag>;
  return isText(tag.key) && isText(tag.value);
}
