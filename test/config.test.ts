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
    [{ ANNALS_PROT: '5000' }, 'ANNALS_PROT is not known; there are ANNALS_HOST'],
  ])('refuses %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });
});
