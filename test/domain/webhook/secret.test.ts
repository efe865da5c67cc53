import { describe, expect, it } from '@jest/globals';
import { assert, property, uint8Array } from 'fast-check';
import { refuseInvalidSecret, secretOf, signingKey } from '../../../src/domain/webhook/secret.js';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => index);

describe('a secret', () => {
  it('is written as Standard Webhooks does', () =>
    expect(secretOf(bytes(24))).toBe('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX'));

  it('is read as it was written', () =>
    assert(
      property(uint8Array({ minLength: 24, maxLength: 64 }), (random) => {
        refuseInvalidSecret(secretOf(random));
        expect(signingKey(secretOf(random))).toEqual(random);
      }),
    ));

  it('of MLflow is its own key', () => {
    expect(signingKey('schlüssel')).toEqual(new TextEncoder().encode('schlüssel'));
    expect(signingKey('whsec_not base64')).toEqual(new TextEncoder().encode('whsec_not base64'));
  });

  it.each([
    ['too short', secretOf(bytes(23))],
    ['too long', secretOf(bytes(65))],
    ['empty', ''],
    ['without the prefix', secretOf(bytes(24)).slice('whsec_'.length)],
    ['of another kind', secretOf(bytes(32)).replace('whsec_', 'whsk_')],
    ['not base64', 'whsec_?AECAwQFBgcICQoLDA0ODxAREhMUFRYX'],
    ['base64 without its padding', secretOf(bytes(25)).replace(/=+$/, '')],
    ['with a line break', `${secretOf(bytes(24))}\n`],
  ])('is refused when it is %s, and not repeated', (_, secret) => {
    expect(() => refuseInvalidSecret(secret)).toThrow(
      'A secret has to be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it',
    );
  });
});
