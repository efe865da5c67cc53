import { invalidParameter } from '../registry-error.js';
import type { RegistryError } from '../registry-error.js';
import { splitUri } from './uri.js';

/**
 * What the `source` of a new version is, by MLflow's rules (registry contract, "source of a new version"):
 * - `local`: a path on some machine, which has to lie in the artifact directory of a run or of a logged model;
 * - `logged-model`: a model of the tracking server, `models:/m-…`;
 * - `version`: a version of this registry, `models:/name/3`, `models:/name/Staging` or `models:/name@alias`;
 * - `remote`: any other URI, taken as it is.
 */
export type Source =
  | { readonly kind: 'remote' }
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'logged-model'; readonly loggedModelId: string }
  | { readonly kind: 'version'; readonly name: string; readonly selector: VersionSelector };

export type VersionSelector =
  { readonly version: number } | { readonly stage: string } | { readonly alias: string } | 'latest';

/** @throws RegistryError INVALID_PARAMETER_VALUE for a URI that is no absolute path or hides a relative one. */
export function parseSource(source: string): Source {
  const { scheme, authority, path } = splitUri(source);
  if (scheme === '') return { kind: 'local', path: decodeFully(source, percentDecoded) };
  if (scheme === 'file') {
    if (authority !== '' && !/^(localhost|127\.0\.0\.1|\.$)/.test(authority)) throw notAbsolute(source);
    return { kind: 'local', path: decodeFully(path, percentDecoded) };
  }
  refuseRelativePath(source);
  return scheme === 'models' && authority === '' ? modelSource(source) : { kind: 'remote' };
}

/** The source of a prompt is a placeholder, never a path of a machine. */
export function refuseLocalPromptSource(source: string): void {
  const { scheme } = splitUri(source);
  if (scheme === 'file' || (scheme === '' && source.startsWith('/'))) {
    throw invalidParameter(
      `Invalid prompt source: '${source}'. Local source paths are not allowed for prompts.`,
    );
  }
}

/** MLflow's words for a local path that no run or logged model vouches for. */
export function localSourceRefused(source: string, by: 'run_id' | 'model_id'): RegistryError {
  return invalidParameter(
    `Invalid model version source: '${source}'. To use a local path as a model version source, the ${by} request ` +
      'parameter has to be specified and the local path has to be contained within the artifact directory of the ' +
      `run specified by the ${by}.`,
  );
}

/** Whether a local path lies in a directory, both absolute and free of `.` and `..`. */
export function isWithin(path: string, directory: string): boolean {
  const inside = segments(path);
  const outer = segments(directory);
  if (!path.startsWith('/') || [...inside, ...outer].includes('..')) return false;
  return outer.every((segment, index) => inside[index] === segment);
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** A name may hold what begins a fragment elsewhere. */
function modelSource(source: string): Source {
  const [path = ''] = source.slice('models:'.length).split('?', 1);
  const parts = path.replace(/^\/+/, '').split('/');
  const [first = '', second] = parts;
  if (parts.length > 2 || first.trim() === '' || second?.trim() === '') throw notAbsolute(source);
  if (second !== undefined) return { kind: 'version', name: first, selector: selectorOf(second) };
  const at = first.lastIndexOf('@');
  if (at < 0) return { kind: 'logged-model', loggedModelId: first };
  const alias = first.slice(at + 1);
  if (alias.trim() === '') throw notAbsolute(source);
  return { kind: 'version', name: first.slice(0, at), selector: { alias } };
}

function selectorOf(suffix: string): VersionSelector {
  if (/^\d+$/.test(suffix)) return { version: Number(suffix) };
  return suffix.toLowerCase() === 'latest' ? 'latest' : { stage: suffix };
}

/**
 * Escapes are undone until none is left, because whoever opens the artifacts may do so too: no `..`, no NUL, and a
 * path that is absolute as it stands.
 */
function refuseRelativePath(source: string): void {
  const decoded = decodeFully(source, (text) => percentDecoded(text.replaceAll('+', ' ')));
  const path = splitUri(decoded).path.replace(/\/+/g, '/').replace(/\/$/, '');
  const inner = path.split('/').slice(1);
  const absolute = path.startsWith('/') && !inner.includes('.') && !inner.includes('..');
  if (!absolute || path.includes('\0') || decoded.split('/').includes('..')) throw notAbsolute(source);
}

function notAbsolute(source: string): RegistryError {
  return invalidParameter(
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, ` +
      'objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references ' +
      'present. Please provide an absolute path.',
  );
}

/** More often than anybody escapes an escape; what is left after that is nobody's path. */
const maxDecodings = 20;

function decodeFully(text: string, decode: (text: string) => string): string {
  let current = text;
  for (let round = 0; round < maxDecodings; round += 1) {
    const decoded = decode(current);
    if (decoded === current) return current;
    current = decoded;
  }
  throw notAbsolute(text);
}

/** What is no valid escape stays as it is. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      // Not UTF-8: what matters here are dots, slashes and NUL, which are single bytes.
      return escapes.replace(/%(2e|2f|00|25)/gi, (escape) => decodeURIComponent(escape));
    }
  });
}
