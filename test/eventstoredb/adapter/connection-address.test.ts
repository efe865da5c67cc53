import { describe, expect, it } from '@jest/globals';
import {
  connectionString,
  describeAddress,
  readConnectionAddress,
} from '../../../src/infrastructure/eventstoredb/connection-address.js';

describe('the address of EventStoreDB', () => {
  it.each([
    'esdb://localhost',
    'esdb://localhost:2113?tls=false',
    'esdb://a:2113,b:2113,c:2113?nodePreference=follower&keepAliveInterval=15000',
    'esdb+discover://cluster.example.org?tlsCAFile=%2Fcerts%2Fca.crt',
    'esdb://ada:secret@localhost:2113?tls=true',
  ])('%s is read and given to the client as it is', (text) => {
    expect(connectionString(readConnectionAddress(text))).toBe(text);
  });

  it('may end in a slash', () => {
    expect(connectionString(readConnectionAddress('esdb://localhost:2113/?tls=false'))).toBe(
      'esdb://localhost:2113?tls=false',
    );
  });

  it('is given to the client with every character of the password', () => {
    const address = readConnectionAddress('esdb://localhost', { username: 'ada', password: 'a:b@c/d?e&f%g' });
    expect(connectionString(address)).toBe('esdb://ada:a%3Ab%40c%2Fd%3Fe%26f%25g@localhost');
    expect(readConnectionAddress(connectionString(address))).toEqual(address);
  });

  it('is described without the password', () => {
    expect(describeAddress(readConnectionAddress('esdb://ada:secret@localhost:2113?tls=false'))).toBe(
      'esdb://ada@localhost:2113',
    );
  });

  it.each([
    ['localhost:2113', 'has to be an address such as esdb://localhost:2113?tls=false'],
    ['http://localhost:2113', 'has to be an address such as'],
    ['kurrentdb://localhost', 'has to be an address such as'],
    ['esdb://', 'has to be an address such as'],
    ['esdb://local host', "has to name hosts as host:port, not 'local host'"],
    ['esdb://a,,b', "has to name hosts as host:port, not ''"],
    ['esdb://a:port', "not 'a:port'"],
    ['esdb://a?tls=maybe', "has the option tls with the value 'maybe'"],
    ['esdb://a?tls', 'has the option tls'],
    ['esdb://a?tlz=false', "has the option 'tlz', which is not known; there are tls, tlsCAFile"],
    ['esdb://a?tlsVerifyCert=false', 'a certificate is trusted by naming its CA in tlsCAFile'],
    ['esdb://a?throwOnAppendFailure=false', "has the option 'throwOnAppendFailure', which is not known"],
    ['esdb://ada@localhost', 'needs both a user name and a password'],
    ['esdb://ada:%zz@localhost', 'needs both a user name and a password'],
  ])('%s is refused', (text, message) => {
    expect(() => readConnectionAddress(text)).toThrow(message);
  });

  it('is refused without repeating the password', () => {
    expect(() => readConnectionAddress('esdb://ada:sec/ret@localhost:x')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('ret') }),
    );
  });
});
