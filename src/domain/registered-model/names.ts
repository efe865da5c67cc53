import { pythonJson, pythonLength, pythonRepr } from '../python-text.js';
import { invalidParameter } from '../registry-error.js';
import { promptTextKey } from './prompt.js';

/**
 * The rules for names, tag keys, tag values and aliases, with MLflow's limits and words
 * (`mlflow.utils.validation`). Each function gives the text back, so that it can stand where the value is used.
 *
 * All throw RegistryError INVALID_PARAMETER_VALUE.
 */

const maxTagKeyLength = 250;
const maxTagValueLength = 100_000;
const maxAliasLength = 255;

/**
 * Python's `\w` stands for the letters and digits of every script and the underscore, and its `$` also matches before
 * a line break at the end.
 */
const tagKeyCharacters = /^[/\p{L}\p{N}_.\- :]*\n?$/u;
const aliasCharacters = /^[\p{L}\p{N}_-]*\n?$/u;
const versionAlias = /^[vV]\p{Nd}+\n?$/u;

/** A name under which a model is looked up or registered. */
export function modelName(text: string): string {
  if (!text.isWellFormed()) throw invalidParameter('Model names have to be text that UTF-8 can hold.');
  if (text.trim() === '') throw invalidParameter("Missing value for required parameter 'name'.");
  if (text.includes('/') || text.includes(':')) {
    throw invalidParameter(`Invalid model name '${text}'. Names cannot contain '/' or ':'.`);
  }
  refuseAmbiguousPath('name', text);
  return text;
}

/** The id of a model, which the service made when it was registered. */
export function modelId(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) {
    throw invalidParameter(`Invalid model id '${text}'. Ids are UUIDs in lower case.`);
  }
  return text;
}

/** The name that a model is to get by a rename. */
export function newModelName(text: string): string {
  if (text.trim() === '') throw invalidParameter("Missing value for required parameter 'new_name'.");
  return modelName(text);
}

/** The key of a tag as it may be set. */
export function newTagKey(text: string): string {
  tagKey(text);
  refuseLongerThan(maxTagKeyLength, 'key', text);
  return text;
}

/** The key of a tag as it may be deleted. */
export function tagKey(text: string): string {
  if (!tagKeyCharacters.test(text)) {
    throw invalidParameter(
      `Invalid value ${pythonJson(text)} for parameter 'key' supplied: Names may only contain alphanumerics, ` +
        'underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
    );
  }
  refuseAmbiguousPath('key', text);
  return text;
}

/** The value of a model's tag. */
export function modelTagValue(text: string): string {
  refuseLongerThan(maxTagValueLength, 'value', text);
  return text;
}

/** The value of a version's tag; the text of a prompt is one. */
export function versionTagValue(key: string, text: string): string {
  if (key === promptTextKey && pythonLength(text) > maxTagValueLength) {
    throw invalidParameter(`Prompt text exceeds max length of ${maxTagValueLength} characters.`);
  }
  return modelTagValue(text);
}

/** An alias as it may be looked up or deleted. */
export function aliasName(text: string): string {
  if (!aliasCharacters.test(text)) {
    throw invalidParameter(
      `Invalid alias name: '${text}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  refuseLongerThan(maxAliasLength, 'Registered model alias name', text);
  return text;
}

/** An alias as it may be set: `latest` and `v1`, `v2`, … mean something already. */
export function newAliasName(text: string): string {
  aliasName(text);
  if (isLatest(text)) throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  if (versionAlias.test(text)) throw invalidParameter(`Version alias name '${text}' is reserved.`);
  return text;
}

/** The alias that always means the newest version, in any letter case. */
export function isLatest(alias: string): boolean {
  return alias.toLowerCase() === 'latest';
}

/**
 * The number that a version parameter means: what Python's `int()` makes of the text, as long as its digits are ASCII.
 * Numbers beyond any version are answered as -1, which none has.
 */
export function versionNumber(text: string): number {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(_\d+)*$/.test(trimmed)) {
    throw invalidParameter(`Parameter 'version' must be an integer, got '${text}'.`);
  }
  const number = Number(trimmed.replaceAll('_', ''));
  return Number.isSafeInteger(number) ? number : -1;
}

function refuseLongerThan(limit: number, what: string, text: string): void {
  if (text.length > limit && pythonLength(text) > limit) {
    throw invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}

function refuseAmbiguousPath(parameter: string, text: string): void {
  const resolved = normalizePath(text);
  if (resolved === text && resolved !== '.' && !resolved.startsWith('..') && !resolved.startsWith('/'))
    return;
  throw invalidParameter(
    `Invalid value ${pythonJson(text)} for parameter '${parameter}' supplied: Names may be treated as files in ` +
      'certain cases, and must not resolve to other names when treated as such. This name would resolve to ' +
      pythonRepr(resolved),
  );
}

/** Python's `posixpath.normpath`: POSIX keeps exactly two leading slashes apart from one. */
function normalizePath(path: string): string {
  const root = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && kept.length === 0) || kept.at(-1) === '..') kept.push(part);
    else kept.pop();
  }
  return root + kept.join('/') || '.';
}
