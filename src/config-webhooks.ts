import type { KeyObject } from 'node:crypto';
import { ConfigError } from './config-error.js';
import { AllowListError, readAllowList } from './infrastructure/webhooks/allow-list.js';
import type { AllowList } from './infrastructure/webhooks/allow-list.js';
import { readSecretsKey, SecretsKeyError } from './infrastructure/webhooks/secrets-key.js';

/** How webhooks are sent. All times are milliseconds. */
export interface WebhookConfig {
  /** What they may reach beside public addresses over https. */
  readonly allowed: AllowList;
  /** How long a request may take, up to the end of the answer. */
  readonly timeout: number;
  /** How long each attempt waits: the first one after the event, the others after the one before. One at least. */
  readonly retries: readonly number[];
  /** How long nothing is sent to an endpoint that fails, each time in a row that it does; the last one from then on. */
  readonly cooldowns: readonly number[];
}

/** The schedule that Standard Webhooks 1.0 recommends, in seconds. */
const standardRetries = '0,5,300,1800,7200,18000,36000,50400,72000,86400';
const usualCooldowns = '60,120,300,900';
const usualTimeout = '15';

/** A timer of Node.js cannot run longer, in seconds: nearly 25 days. */
const longestSeconds = 2_147_483;

/** The variables that are read here. */
export const webhookVariables = [
  'ANNALS_WEBHOOK_ALLOW',
  'ANNALS_WEBHOOK_TIMEOUT',
  'ANNALS_WEBHOOK_RETRIES',
  'ANNALS_WEBHOOK_COOLDOWNS',
  'ANNALS_SECRETS_KEY',
] as const;

type Read = (name: (typeof webhookVariables)[number]) => string | undefined;

/** @throws ConfigError */
export function readWebhookConfig(read: Read): WebhookConfig {
  return {
    allowed: explained('ANNALS_WEBHOOK_ALLOW', () => readAllowList(entriesOf(read('ANNALS_WEBHOOK_ALLOW')))),
    timeout: readSeconds('ANNALS_WEBHOOK_TIMEOUT', read('ANNALS_WEBHOOK_TIMEOUT') ?? usualTimeout, 0.001),
    retries: readSchedule('ANNALS_WEBHOOK_RETRIES', read('ANNALS_WEBHOOK_RETRIES') ?? standardRetries),
    cooldowns: readSchedule('ANNALS_WEBHOOK_COOLDOWNS', read('ANNALS_WEBHOOK_COOLDOWNS') ?? usualCooldowns),
  };
}

/**
 * Keys that secrets are encrypted with: the first one seals, every one opens.
 *
 * @throws ConfigError which does not repeat them
 */
export function readSecretsKeys(read: Read): readonly KeyObject[] {
  const text = read('ANNALS_SECRETS_KEY');
  const keys = entriesOf(text);
  if (text !== undefined && keys.length === 0) throw new ConfigError('ANNALS_SECRETS_KEY holds no key');
  return explained('ANNALS_SECRETS_KEY', () => keys.map(readSecretsKey));
}

function readSchedule(name: string, text: string): readonly number[] {
  return text.split(',').map((entry) => readSeconds(name, entry.trim(), 0));
}

/** Milliseconds that are given in seconds. */
function readSeconds(name: string, text: string, least: number): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= least && seconds <= longestSeconds) {
    return Math.round(seconds * 1_000);
  }
  throw new ConfigError(`${name} has to be seconds, from ${least} to ${longestSeconds}, not '${text}'`);
}

function entriesOf(text = ''): readonly string[] {
  return text.split(',').flatMap((entry) => entry.trim() || []);
}

function explained<Value>(name: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof AllowListError || error instanceof SecretsKeyError) {
      throw new ConfigError(`${name} ${error.message}`);
    }
    throw error;
  }
}
