import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { SecretUnreadableError } from '../../../src/application/ports/secret-box.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { AesSecretBox } from '../../../src/infrastructure/webhooks/aes-secret-box.js';
import { readSecretsKey } from '../../../src/infrastructure/webhooks/secrets-key.js';
import { randomKey } from '../../../src/infrastructure/webhooks/secrets-key-file.js';

describe('a box of secrets', () => {
  const key = randomKey();
  const box = new AesSecretBox([key]);

  it('opens what it sealed', () =>
    assert(property(string({ unit: 'binary' }), (plain) => expect(box.open(box.seal(plain))).toBe(plain))));

  it('seals the same text in another way each time', () =>
    expect(box.seal('whsec_abc')).not.toBe(box.seal('whsec_abc')));

  it('says how it sealed and with which key, and nothing of the text', () => {
    const sealed = box.seal('whsec_abc');
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]{34}$/);
    expect(sealed.split('.')[1]).toBe(new AesSecretBox([key]).seal('').split('.')[1]);
  });

  it('opens with every key that it has, and seals with the first', () => {
    const newer = randomKey();
    const rotated = new AesSecretBox([newer, key]);
    expect(rotated.open(box.seal('old'))).toBe('old');
    expect(new AesSecretBox([newer]).open(rotated.seal('new'))).toBe('new');
  });

  it('does not open what another key sealed, and names that key', () => {
    const sealed = new AesSecretBox([randomKey()]).seal('secret');
    expect(() => box.open(sealed)).toThrow(SecretUnreadableError);
    expect(() => box.open(sealed)).toThrow(
      `A secret was sealed with the key ${sealed.split('.')[1]}, which this service does not have`,
    );
  });

  it.each([
    ['its text', (parts: string[]) => parts.with(3, flipped(parts[3]))],
    ['its nonce', (parts: string[]) => parts.with(2, flipped(parts[2]))],
    ['its end', (parts: string[]) => parts.with(3, parts[3]?.slice(0, -4) ?? '')],
    ['most of it', (parts: string[]) => parts.slice(0, 2)],
  ])('does not open what lost %s', (_, change) => {
    const sealed = change(box.seal('whsec_abc').split('.')).join('.');
    expect(() => box.open(sealed)).toThrow(SecretUnreadableError);
  });

  it('does not open what it never sealed', () =>
    expect(() => box.open('whsec_abc')).toThrow('A secret was not sealed by this service'));

  it('says how to give it a key when it has none', () => {
    const keyless = new AesSecretBox([]);
    expect(() => keyless.seal('secret')).toThrow(RegistryError);
    expect(() => keyless.seal('secret')).toThrow(/Set ANNALS_SECRETS_KEY, .*`openssl rand -base64 32`/);
    expect(() => keyless.open(box.seal('secret'))).toThrow(SecretUnreadableError);
  });
});

describe('a key of secrets', () => {
  const bytes = randomBytes(32);

  it('is read from base64 of either kind', () => {
    for (const encoding of ['base64', 'base64url'] as const) {
      expect(readSecretsKey(bytes.toString(encoding)).export()).toEqual(bytes);
    }
  });

  it('shows nothing of itself', () => {
    const key = readSecretsKey(bytes.toString('base64'));
    expect(inspect(key) + JSON.stringify(key)).not.toContain(bytes.toString('base64'));
    expect(inspect(key)).not.toContain(bytes.toString('hex'));
  });

  it.each([
    ['too short', bytes.subarray(1).toString('base64')],
    ['too long', Buffer.concat([bytes, bytes]).toString('base64')],
    ['in hexadecimal', bytes.toString('hex')],
    ['not base64', `!${bytes.toString('base64').slice(1)}`],
  ])('is refused when it is %s, and not repeated', (_, text) =>
    expect(() => readSecretsKey(text)).toThrow(
      /^has to be 32 random bytes in base64, as `openssl rand -base64 32` prints them$/,
    ),
  );
});

function flipped(text = ''): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}
