import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.js';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 5000,
      dataDirectory: './data',
      eventStore: undefined,
      reads: 'node',
      trackingUri: undefined,
      logLevel: 'info',
      staticPrefix: '',
      allowedHosts: undefined,
      allowedOrigins: [],
      webhooks: {
        allowed: { networks: [], hosts: [], suffixes: [] },
        timeout: 15_000,
        retries: [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map(
          (seconds) => seconds * 1_000,
        ),
        cooldowns: [60_000, 120_000, 300_000, 900_000],
      },
      secretsKeys: [],
      source: '/registries/annals',
    });
  });

  it('takes the user of EventStoreDB from variables of its own', () => {
    const { eventStore } = readConfig({
      ANNALS_EVENTSTORE: 'esdb://localhost:2113',
      ANNALS_EVENTSTORE_USERNAME: 'ada',
      ANNALS_EVENTSTORE_PASSWORD: 'p@ss:word',
    });
    expect(eventStore).toMatchObject({
      hosts: 'localhost:2113',
      credentials: { username: 'ada', password: 'p@ss:word' },
    });
  });

  it('takes times in seconds, and parts of one', () => {
    const { webhooks } = readConfig({
      ANNALS_WEBHOOK_TIMEOUT: '0.5',
      ANNALS_WEBHOOK_RETRIES: '0, 0.1, 2',
      ANNALS_WEBHOOK_COOLDOWNS: '1',
    });
    expect(webhooks).toMatchObject({ timeout: 500, retries: [0, 100, 2_000], cooldowns: [1_000] });
  });

  it('takes several keys of secrets, the first one first', () => {
    const [newer, older] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const { secretsKeys } = readConfig({
      ANNALS_SECRETS_KEY: `${newer.toString('base64')}, ${older.toString('base64')},`,
    });
    expect(secretsKeys.map((key) => key.export())).toEqual([newer, older]);
  });

  it('refuses a list of keys in which there is none, rather than taking another key', () => {
    expect(() => readConfig({ ANNALS_SECRETS_KEY: ' , ' })).toThrow('ANNALS_SECRETS_KEY holds no key');
  });

  it('does not repeat a key of secrets that it refuses', () => {
    const environment = { ANNALS_SECRETS_KEY: `${Buffer.alloc(32, 1).toString('base64')},tooshort` };
    expect(() => readConfig(environment)).toThrow(
      /^ANNALS_SECRETS_KEY has to be 32 random bytes in base64, as `openssl rand -base64 32` prints them$/,
    );
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ ANNALS_PORT: '', ANNALS_HOST: ' ' })).toEqual(readConfig({}));
  });

  it('ignores what is not its own', () => {
    expect(readConfig({ PORT: 'nonsense', HOME: '/' })).toEqual(readConfig({}));
  });

  it.each([
    [{ ANNALS_PORT: '70000' }, "ANNALS_PORT has to be a number from 0 to 65535, not '70000'"],
    [{ ANNALS_PORT: '50.5' }, "ANNALS_PORT has to be a number from 0 to 65535, not '50.5'"],
    [{ ANNALS_LOG_LEVEL: 'loud' }, 'ANNALS_LOG_LEVEL has to be one of trace, debug'],
    [{ ANNALS_READS: 'anything' }, "ANNALS_READS has to be one of node, log, not 'anything'"],
    [{ ANNALS_TRACKING_URI: 'localhost:5000' }, 'ANNALS_TRACKING_URI has to be an http or https address'],
    [{ ANNALS_STATIC_PREFIX: 'mlflow/' }, 'ANNALS_STATIC_PREFIX has to be a path such as /mlflow'],
    [{ ANNALS_SOURCE: 'our registry' }, 'ANNALS_SOURCE has to be a URI or a path such as /registries/annals'],
    [{ ANNALS_EVENTSTORE: 'http://localhost' }, 'ANNALS_EVENTSTORE has to be an address such as esdb://'],
    [{ ANNALS_EVENTSTORE_USERNAME: 'ada' }, 'ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD need'],
    [
      { ANNALS_WEBHOOK_ALLOW: '10.0.0.0/33' },
      'ANNALS_WEBHOOK_ALLOW has to be networks, addresses and host names',
    ],
    [
      { ANNALS_WEBHOOK_TIMEOUT: '0' },
      "ANNALS_WEBHOOK_TIMEOUT has to be seconds, from 0.001 to 2147483, not '0'",
    ],
    [
      { ANNALS_WEBHOOK_RETRIES: '0,,5' },
      "ANNALS_WEBHOOK_RETRIES has to be seconds, from 0 to 2147483, not ''",
    ],
    [
      { ANNALS_WEBHOOK_COOLDOWNS: '1m' },
      "ANNALS_WEBHOOK_COOLDOWNS has to be seconds, from 0 to 2147483, not '1m'",
    ],
    [{ ANNALS_PROT: '5000' }, 'ANNALS_PROT is not known; there are ANNALS_HOST'],
  ])('refuses %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });
});
