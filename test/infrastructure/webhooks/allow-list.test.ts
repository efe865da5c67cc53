import { describe, expect, it } from '@jest/globals';
import { hasAddress, hasHost, readAllowList } from '../../../src/infrastructure/webhooks/allow-list.js';

describe('the list of what is allowed', () => {
  const list = readAllowList([
    '10.0.0.0/8',
    '192.168.1.7',
    '[fd00::1]',
    'fd12::/16',
    'Hooks.Internal',
    '*.svc.cluster.local',
    'localhost',
  ]);

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '192.168.1.7', 'fd00::1', 'FD00:0:0::1', 'fd12:ffff::1'])(
    'has the address %s',
    (address) => expect(hasAddress(list, address)).toBe(true),
  );

  it.each([
    '11.0.0.1',
    '192.168.1.8',
    'fd00::2',
    'fd13::1',
    '::10.1.2.3',
    '64:ff9b::10.1.2.3',
    'localhost',
    '',
  ])('lacks the address %s', (address) => expect(hasAddress(list, address)).toBe(false));

  it.each([
    'hooks.internal',
    'HOOKS.internal.',
    'a.svc.cluster.local',
    'a.b.svc.cluster.local.',
    'localhost',
  ])('has the host %s', (host) => expect(hasHost(list, host)).toBe(true));

  it.each([
    'svc.cluster.local',
    'xsvc.cluster.local',
    'a.hooks.internal',
    'hooks.internal.evil.example',
    '10.1.2.3',
  ])('lacks the host %s', (host) => expect(hasHost(list, host)).toBe(false));

  it.each([
    '*',
    '*.',
    '10.*',
    'hooks.*',
    'hooks.internal:8080',
    'https://hooks.internal',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/0x8',
    '127.1',
    '0177.0.0.1',
    '2130706433',
    '-hooks.internal',
    'hooks internal',
    'hööks.internal',
  ])('is refused with %s in it', (entry) =>
    expect(() => readAllowList([entry])).toThrow(
      'has to be networks, addresses and host names without a port, such as ' +
        `10.0.0.0/8,192.168.1.7,hooks.internal,*.svc.cluster.local, not '${entry}'`,
    ),
  );
});
