import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A service in docker-compose.yml, as far as the tests look at it. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly profiles: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly restart?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

export const fromTop = (path: string) => new URL(`../../${path}`, import.meta.url);

export const read = (path: string) => readFileSync(fromTop(path), 'utf8');

export function readComposeFile(): ComposeFile {
  return parse(read('docker-compose.yml'), { merge: true }) as ComposeFile;
}

/** The names in a list, or those of an object's members. */
export function namesIn(list: readonly string[] | Readonly<Record<string, unknown>> = []): readonly string[] {
  return Array.isArray(list) ? (list as readonly string[]) : Object.keys(list);
}

/** The lines `NAME=value` of a file, which Compose reads with the variables in them replaced. */
export function variablesIn(envFile: string): Record<string, string> {
  const lines = read(envFile).split('\n');
  return Object.fromEntries(
    lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );
}
