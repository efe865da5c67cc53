import type { KeyObject } from 'node:crypto';
import { ConfigError } from './config-error.js';
import { readSecretsKeys, readWebhookConfig, webhookVariables } from './config-webhooks.js';
import type { WebhookConfig } from './config-webhooks.js';
import {
  ConnectionAddressError,
  readConnectionAddress,
} from './infrastructure/eventstoredb/connection-address.js';
import type { ConnectionAddress } from './infrastructure/eventstoredb/connection-address.js';

/** What an operator can set, read once at the start. */
export interface Config {
  /** Address to listen on. */
  readonly host: string;
  /** Port to listen on; 0 lets the system choose one. */
  readonly port: number;
  /** Folder of the embedded log and of the read model; made if it is missing. */
  readonly dataDirectory: string;
  /** Where EventStoreDB is that keeps the log; undefined for the embedded log. */
  readonly eventStore: ConnectionAddress | undefined;
  /** What a read shows: what this node knows, or everything that any node has recorded before it. */
  readonly reads: Reads;
  /** Where the MLflow tracking server is, if there is one. */
  readonly trackingUri: URL | undefined;
  readonly logLevel: LogLevel;
  /** Patterns of `Host` headers that are answered; undefined for this machine and private networks. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Patterns of web pages, besides those of this machine, that may send writes. */
  readonly allowedOrigins: readonly string[];
  /** Put before every MLflow route, as `mlflow server --static-prefix` does; empty for none. */
  readonly staticPrefix: string;
  readonly webhooks: WebhookConfig;
  /** Keys that secrets are encrypted with: the first one seals, every one opens. */
  readonly secretsKeys: readonly KeyObject[];
  /** Which registry this is, for those who are told by several: `source` of every CloudEvent, a URI-reference. */
  readonly source: string;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

const readsFrom = ['node', 'log'] as const;

export type Reads = (typeof readsFrom)[number];

const known: ReadonlySet<string> = new Set([
  'ANNALS_HOST',
  'ANNALS_PORT',
  'ANNALS_DATA',
  'ANNALS_EVENTSTORE',
  'ANNALS_EVENTSTORE_USERNAME',
  'ANNALS_EVENTSTORE_PASSWORD',
  'ANNALS_READS',
  'ANNALS_TRACKING_URI',
  'ANNALS_LOG_LEVEL',
  'ANNALS_STATIC_PREFIX',
  'ANNALS_ALLOWED_HOSTS',
  'ANNALS_ALLOWED_ORIGINS',
  ...webhookVariables,
  'ANNALS_SOURCE',
]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from the environment. An empty variable counts as absent.
 *
 * @throws ConfigError for a value that makes no sense and for an `ANNALS_` variable that does not exist.
 */
export function readConfig(environment: Environment): Config {
  const unknown = Object.keys(environment).filter((name) => name.startsWith('ANNALS_') && !known.has(name));
  if (unknown.length > 0) {
    throw new ConfigError(`${unknown.join(', ')} is not known; there are ${[...known].join(', ')}`);
  }
  const read = (name: string) => environment[name]?.trim() || undefined;
  return Object.freeze({
    host: read('ANNALS_HOST') ?? '127.0.0.1',
    port: readPort(read('ANNALS_PORT') ?? '5000'),
    dataDirectory: read('ANNALS_DATA') ?? './data',
    eventStore: readEventStore(
      read('ANNALS_EVENTSTORE'),
      read('ANNALS_EVENTSTORE_USERNAME'),
      read('ANNALS_EVENTSTORE_PASSWORD'),
    ),
    reads: readOneOf(readsFrom, 'ANNALS_READS', read('ANNALS_READS') ?? 'node'),
    trackingUri: readTrackingUri(read('ANNALS_TRACKING_URI')),
    logLevel: readOneOf(logLevels, 'ANNALS_LOG_LEVEL', read('ANNALS_LOG_LEVEL') ?? 'info'),
    staticPrefix: readStaticPrefix(read('ANNALS_STATIC_PREFIX')),
    allowedHosts: readList(read('ANNALS_ALLOWED_HOSTS')),
    allowedOrigins: readList(read('ANNALS_ALLOWED_ORIGINS')) ?? [],
    webhooks: readWebhookConfig(read),
    secretsKeys: readSecretsKeys(read),
    source: readSource(read('ANNALS_SOURCE') ?? '/registries/annals'),
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`ANNALS_PORT has to be a number from 0 to 65535, not '${text}'`);
}

function readOneOf<Word extends string>(words: readonly Word[], name: string, text: string): Word {
  const word = words.find((candidate) => candidate === text);
  if (word) return word;
  throw new ConfigError(`${name} has to be one of ${words.join(', ')}, not '${text}'`);
}

function readTrackingUri(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new ConfigError(`ANNALS_TRACKING_URI has to be an http or https address, not '${text}'`);
}

function readStaticPrefix(text: string | undefined): string {
  if (text === undefined) return '';
  if (/^(\/[\w.~-]+)+$/.test(text)) return text;
  throw new ConfigError(`ANNALS_STATIC_PREFIX has to be a path such as /mlflow, not '${text}'`);
}

/** What RFC 3986 lets stand in a URI-reference. */
const uriReference = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-fA-F]{2}){1,1000}$/;

function readSource(text: string): string {
  if (uriReference.test(text) && URL.canParse(text, 'http://host')) return text;
  throw new ConfigError(`ANNALS_SOURCE has to be a URI or a path such as /registries/annals, not '${text}'`);
}

function readList(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((entry) => entry.trim());
}

function readEventStore(
  text: string | undefined,
  username: string | undefined,
  password: string | undefined,
): ConnectionAddress | undefined {
  if (text === undefined) {
    if (username === undefined && password === undefined) return undefined;
    throw new ConfigError('ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD need ANNALS_EVENTSTORE');
  }
  try {
    return readConnectionAddress(text, { username, password });
  } catch (error) {
    if (error instanceof ConnectionAddressError) throw new ConfigError(`ANNALS_EVENTSTORE ${error.message}`);
    throw error;
  }
}
