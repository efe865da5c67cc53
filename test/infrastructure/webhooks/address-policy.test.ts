import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  tuple,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { AddressPolicy } from '../../../src/infrastructure/webhooks/address-policy.js';
import { readAllowList } from '../../../src/infrastructure/webhooks/allow-list.js';
import { HttpWebhookSender } from '../../../src/infrastructure/webhooks/http-webhook-sender.js';
import { resolverOf, senderFor, startEndpoint } from './endpoint.js';
import type { Names, TestEndpoint } from './endpoint.js';

const request = { headers: {}, body: '{}' };
const publicNames = { 'example.org': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'] };

/** What is said of an address before it is kept, and of a request to it. Both have to be the same. */
async function refusal(url: string, names: Names = publicNames, allowed: readonly string[] = []) {
  const sender = senderFor(names, allowed, 1_000);
  const refused = await sender.refuseUnreachable(url).then(
    () => null,
    (error: unknown) => {
      expect(error).toBeInstanceOf(RegistryError);
      expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
      return (error as RegistryError).message;
    },
  );
  if (refused !== null) {
    expect(await sender.send({ ...request, url })).toMatchObject({ status: null, error: refused });
  }
  sender.close();
  return refused;
}

const notPublic = (host: string, address: string) =>
  `Webhook URL must not resolve to a non-public IP address. '${host}' resolves to ${address}.`;
const noScheme = (scheme: string) => `Invalid webhook URL scheme: '${scheme}'. Allowed schemes are: https.`;

describe('the URL of a webhook', () => {
  it.each([
    ['https://example.org/hook'],
    ['HTTPS://EXAMPLE.ORG:8443/hook?x=1'],
    ['https://ada:secret@example.org'],
    ['https://93.184.215.14/'],
    ['https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/'],
    ['https://1572395022/'],
  ])('%s is accepted', async (url) => expect(await refusal(url)).toBeNull());

  it.each([
    ['', "Webhook URL cannot be empty or just whitespace: ''"],
    [' \t', "Webhook URL cannot be empty or just whitespace: ' \\t'"],
    ['example.org/hook', noScheme('')],
    ['ftp://example.org', noScheme('ftp')],
    ['http://example.org', noScheme('http')],
    ['javascript:alert(1)', noScheme('javascript')],
    ['https://', "Webhook URL must include a hostname: 'https://'"],
    ['https:example.org', "Webhook URL must include a hostname: 'https:example.org'"],
    ['https:///example.org', "Webhook URL must include a hostname: 'https:///example.org'"],
    ['https:\\\\example.org', "Webhook URL must include a hostname: 'https:\\\\\\\\example.org'"],
    ['https://:443/', "Webhook URL must include a hostname: 'https://:443/'"],
    ['https://ada:secret@/', "Webhook URL must include a hostname: 'https://***@/'"],
    ['https://exa mple.org', "Invalid webhook URL 'https://exa mple.org'"],
    ['https://ada:sec/ret@example.org:x/', "Invalid webhook URL 'https://***@example.org:x/'"],
    ['https://[fe80::1%25eth0]/', "Invalid webhook URL 'https://[fe80::1%25eth0]/'"],
    ['https://1.2.3.4.5/', "Invalid webhook URL 'https://1.2.3.4.5/'"],
    [
      'https://ada:100%@example.org/',
      "Invalid webhook URL 'https://***@example.org/': user and password have to be percent-encoded UTF-8",
    ],
    [
      'https://nowhere.test/',
      "Cannot resolve Webhook URL hostname 'nowhere.test': getaddrinfo ENOTFOUND nowhere.test",
    ],
  ])('%p is refused in the words of MLflow', async (url, message) =>
    expect(await refusal(url)).toBe(message),
  );

  it.each([
    ['https://127.0.0.1/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://0x7f000001/', '127.0.0.1'],
    ['https://0X7F.1/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://017700000001/', '127.0.0.1'],
    ['https://127.1/', '127.0.0.1'],
    ['https://127.0.1/', '127.0.0.1'],
    ['https://127.0.0.1./', '127.0.0.1'],
    ['https://%31%32%37.0.0.1/', '127.0.0.1'],
    ['https://１２７。０。０。１/', '127.0.0.1'],
    ['https://①②⑦.⓪.⓪.①/', '127.0.0.1'],
    ['https://example.org@127.0.0.1/', '127.0.0.1'],
    ['https://example.org:443@127.0.0.1:443/', '127.0.0.1'],
    ['https://127.0.0.1\\@example.org/', '127.0.0.1'],
    ['https://127.0.0.1#@example.org/', '127.0.0.1'],
    ['https://127.0.0.1?@example.org/', '127.0.0.1'],
    ['\thttps://127.0.\n0.1/', '127.0.0.1'],
    ['https://0/', '0.0.0.0'],
    ['https://169.254.169.254/latest/meta-data/', '169.254.169.254'],
    ['https://0xa9fea9fe/', '169.254.169.254'],
    ['https://168.63.129.16/', '168.63.129.16'],
    ['https://[::1]/', '::1'],
    ['https://[0:0:0:0:0:0:0:1]/', '::1'],
    ['https://[::]/', '::'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://[::FFFF:7F00:1]/', '::ffff:7f00:1'],
    ['https://[::127.0.0.1]/', '::7f00:1'],
    ['https://[64:ff9b::10.0.0.1]/', '64:ff9b::a00:1'],
    ['https://[2002:7f00:1::]/', '2002:7f00:1::'],
    ['https://[fd00:ec2::254]/', 'fd00:ec2::254'],
    ['https://[fe80::1]/', 'fe80::1'],
  ])('%s is refused: it is %s', async (url, address) =>
    expect(await refusal(url)).toBe(notPublic(address, address)),
  );

  it.each([
    ['localhost', 'localhost', '127.0.0.1'],
    ['LOCALHOST.', 'localhost.', '127.0.0.1'],
    ['127.0.0.1.nip.test', '127.0.0.1.nip.test', '127.0.0.1'],
    ['mixed.test', 'mixed.test', '10.0.0.1'],
    ['mapped.test', 'mapped.test', '::ffff:10.0.0.1'],
    ['scoped.test', 'scoped.test', 'fe80::1%eth0'],
    ['bücher.test', 'xn--bcher-kva.test', '192.168.0.1'],
  ])('https://%s/ is refused: one of its addresses is not public', async (written, host, address) => {
    const names = {
      localhost: ['127.0.0.1'],
      'localhost.': ['127.0.0.1'],
      '127.0.0.1.nip.test': ['127.0.0.1'],
      'mixed.test': ['93.184.215.14', '10.0.0.1'],
      'mapped.test': ['::ffff:10.0.0.1'],
      'scoped.test': ['fe80::1%eth0'],
      'xn--bcher-kva.test': ['192.168.0.1'],
    };
    expect(await refusal(`https://${written}/`, names)).toBe(notPublic(host, address));
  });

  it('is refused when its name leads nowhere', async () =>
    expect(await refusal('https://empty.test/', { 'empty.test': [] })).toBe(
      "Cannot resolve Webhook URL hostname 'empty.test': it has no address",
    ));

  it('is refused when nobody says in time where it leads', async () => {
    const policy = new AddressPolicy(readAllowList([]), () => new Promise(() => {}));
    await expect(new HttpWebhookSender(policy, 20).refuseUnreachable('https://slow.test')).rejects.toThrow(
      "Cannot resolve Webhook URL hostname 'slow.test': There was no answer within 0.02 s",
    );
  });

  it('is refused in every spelling of an address that is not public', () =>
    assert(
      asyncProperty(tuple(notPublicIpv4, spelling), async ([octets, spell]) => {
        const url = `https://${spell(octets)}/`;
        expect(await refusal(url)).toMatch(/^Webhook URL must not resolve to a non-public IP address\./);
      }),
      { numRuns: 500 },
    ));
});

describe('what an operator allows', () => {
  const names = {
    'hooks.internal': ['10.1.2.3'],
    'a.svc.cluster.local': ['10.1.2.3', 'fd00::3'],
    'metadata.svc.cluster.local': ['169.254.169.254'],
    'ipv6.svc.cluster.local': ['fd00:ec2::254'],
    'half.test': ['10.1.2.3', '192.168.0.1'],
    'example.org': ['93.184.215.14'],
  };

  it.each([
    ['an address', 'http://10.1.2.3:8080/', ['10.1.2.3']],
    ['an address in another spelling', 'http://0x0a.1.515/', ['10.1.2.3']],
    ['a network', 'https://10.1.2.3/', ['10.0.0.0/8']],
    ['a network that a name leads into', 'http://hooks.internal/', ['10.0.0.0/8']],
    ['a name', 'http://HOOKS.internal/', ['hooks.internal']],
    ['names below another', 'http://a.svc.cluster.local/', ['*.svc.cluster.local']],
    ['http to a public name', 'http://example.org/', ['example.org']],
    ['metadata by its address', 'http://metadata.svc.cluster.local/', ['169.254.169.254']],
  ])('may be reached: %s', async (_, url, allowed) => expect(await refusal(url, names, allowed)).toBeNull());

  it.each([
    ['http', 'http://example.org/', ['10.0.0.0/8'], noScheme('http')],
    ['http', 'http://example.org/', ['hooks.internal'], noScheme('http')],
    ['another scheme', 'ftp://hooks.internal/', ['hooks.internal'], noScheme('ftp')],
    ['another network', 'https://hooks.internal/', ['10.2.0.0/16'], notPublic('hooks.internal', '10.1.2.3')],
    ['an address besides', 'https://half.test/', ['10.0.0.0/8'], notPublic('half.test', '192.168.0.1')],
    ['metadata by a name', 'http://metadata.svc.cluster.local/', ['*.svc.cluster.local'], noScheme('http')],
    [
      'metadata by a name',
      'https://ipv6.svc.cluster.local/',
      ['*.svc.cluster.local'],
      notPublic('ipv6.svc.cluster.local', 'fd00:ec2::254'),
    ],
  ])('does not let through %s', async (_, url, allowed, message) =>
    expect(await refusal(url, names, allowed)).toBe(message),
  );
});

describe('a connection', () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint();
  });

  afterEach(() => endpoint.close());

  it('is made to a receiver nearby only when it is allowed', async () => {
    const names = { 'hooks.internal': ['127.0.0.1'] };
    const url = `http://hooks.internal:${endpoint.port}/`;
    const [stranger, friend] = [senderFor(names), senderFor(names, ['hooks.internal'])];
    expect(await stranger.send({ ...request, url })).toMatchObject({ status: null, error: noScheme('http') });
    expect(endpoint.connections).toBe(0);
    expect(await friend.send({ ...request, url })).toMatchObject({ status: 200 });
    for (const sender of [stranger, friend]) sender.close();
  });

  it.each([
    ['127.0.0.1', (port: number) => `https://127.0.0.1:${port}/`],
    ['localhost', (port: number) => `https://localhost:${port}/`],
    ['::ffff:127.0.0.1', (port: number) => `https://[::ffff:127.0.0.1]:${port}/`],
    ['2130706433', (port: number) => `https://2130706433:${port}/`],
    ['0', (port: number) => `https://0:${port}/`],
  ])('is not made to %s, as the system would', async (_, url) => {
    const sender = new HttpWebhookSender(new AddressPolicy(readAllowList([])), 10_000);
    expect(await sender.send({ ...request, url: url(endpoint.port) })).toMatchObject({
      status: null,
      error: expect.stringContaining('non-public IP address'),
    });
    expect(endpoint.connections).toBe(0);
    sender.close();
  });

  it('is not made when the name has come to lead elsewhere after it was checked', async () => {
    const names: Names = { 'rebound.test': ['93.184.215.14'] };
    const sender = senderFor(names);
    const url = `https://rebound.test:${endpoint.port}/`;
    await sender.refuseUnreachable(url);
    names['rebound.test'] = ['127.0.0.1'];
    expect(await sender.send({ ...request, url })).toMatchObject({
      status: null,
      error: notPublic('rebound.test', '127.0.0.1'),
    });
    expect(endpoint.connections).toBe(0);
    sender.close();
  });

  it('that is kept stays with whom it led to, and the next one is checked again', async () => {
    const names: Names = { 'hooks.internal': ['127.0.0.1'] };
    const sender = senderFor(names, ['127.0.0.1']);
    const url = `http://hooks.internal:${endpoint.port}/`;
    await sender.send({ ...request, url });
    names['hooks.internal'] = ['169.254.169.254'];
    expect(await sender.send({ ...request, url })).toMatchObject({ status: 200 });
    expect([endpoint.arrived.length, endpoint.connections]).toEqual([2, 1]);
    const another = senderFor(names, ['127.0.0.1']);
    expect(await another.send({ ...request, url })).toMatchObject({ status: null, error: noScheme('http') });
    for (const one of [sender, another]) one.close();
  });

  it.each(['http', 'https'])(
    'over %s that has led elsewhere is cut before a byte is written',
    async (scheme) => {
      const received: Buffer[] = [];
      const ended: Promise<unknown>[] = [];
      const listener = createServer((socket) => {
        socket.on('data', (bytes) => received.push(bytes));
        ended.push(once(socket, 'close'));
      }).listen(0, '127.0.0.1');
      await once(listener, 'listening');
      const { port } = listener.address() as AddressInfo;
      /** As if the system led a connection elsewhere than to the address that it was told. */
      class Misled extends AddressPolicy {
        override addressesOf = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      }
      const policy = new Misled(readAllowList(['10.0.0.1']), resolverOf({}));
      const sender = new HttpWebhookSender(policy, 10_000);
      const answer = await sender.send({ ...request, url: `${scheme}://hooks.test:${port}/` });
      expect(answer.status).toBeNull();
      expect(answer.error).toBe(scheme === 'http' ? noScheme('http') : notPublic('hooks.test', '127.0.0.1'));
      await Promise.all(ended);
      expect(Buffer.concat(received).length).toBe(0);
      sender.close();
      listener.close();
      await once(listener, 'close');
    },
  );
});

type Octets = [number, number, number, number];
const octet = integer({ min: 0, max: 255 });

/** Ranges of IPv4 that nobody is reached in from everywhere. */
const notPublicIpv4: Arbitrary<Octets> = oneof(
  tuple(constantFrom(0, 10, 127), octet, octet, octet),
  tuple(constant(100), integer({ min: 64, max: 127 }), octet, octet),
  tuple(constant(169), constant(254), octet, octet),
  tuple(constant(172), integer({ min: 16, max: 31 }), octet, octet),
  tuple(constant(192), constant(168), octet, octet),
  tuple(constant(198), integer({ min: 18, max: 19 }), octet, octet),
  tuple(integer({ min: 224, max: 255 }), octet, octet, octet),
);

/** How browsers and systems read IPv4: one to four parts, each in base 8, 10 or 16, the last one standing for the rest. */
const dotted: Arbitrary<(octets: Octets) => string> = record({
  parts: integer({ min: 1, max: 4 }),
  bases: array(constantFrom('', '0', '00', '0x', '0X', '0x00'), { minLength: 4, maxLength: 4 }),
  end: constantFrom('', '.'),
  digits: constantFrom('plain', 'percent', 'wide'),
}).map(({ parts, bases, end, digits }) => (octets) => {
  const whole = octets.slice(parts - 1).reduce((sum, one) => sum * 256 + one, 0);
  const numbers = [...octets.slice(0, parts - 1), whole];
  const text = numbers.map((number, index) => inBase(number, bases[index] ?? '')).join('.') + end;
  if (digits === 'percent') return text.replace(/\d/g, (digit) => `%3${digit}`);
  if (digits === 'wide') return text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return text;
});

/** IPv6 that holds an address of IPv4. */
const embedded: Arbitrary<(octets: Octets) => string> = tuple(
  constantFrom('::ffff:', '::', '64:ff9b::', '0:0:0:0:0:FFFF:', '::ffff:0:'),
  boolean(),
).map(([prefix, isHex]) => (octets) => {
  const [a, b, c, d] = octets;
  return `[${prefix}${isHex ? `${hex(a, b)}:${hex(c, d)}` : octets.join('.')}]`;
});

const sixToFour: Arbitrary<(octets: Octets) => string> = integer({ min: 0, max: 0xffff }).map(
  (rest) =>
    ([a, b, c, d]) =>
      `[2002:${hex(a, b)}:${hex(c, d)}::${rest.toString(16)}]`,
);

const spelling = tuple(
  oneof(dotted, embedded, sixToFour),
  constantFrom('', 'ada@', 'example.org:443@', 'a:b@'),
).map(
  ([spell, before]) =>
    (octets: Octets) =>
      before + spell(octets),
);

function inBase(number: number, base: string): string {
  if (base.toLowerCase().startsWith('0x')) return base + number.toString(16);
  return base === '' ? String(number) : base + number.toString(8);
}

function hex(high: number, low: number): string {
  return (high * 256 + low).toString(16);
}
