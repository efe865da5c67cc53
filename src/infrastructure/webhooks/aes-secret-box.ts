import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SecretBox, SecretUnreadableError } from '../../application/ports/secret-box.js';
import { RegistryError } from '../../domain/registry-error.js';

const algorithm = 'aes-256-gcm';
const version = 'v1';

/** What GCM is made for, in bytes. */
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts with AES-256-GCM. A sealed text is `v1.<key>.<nonce>.<ciphertext and tag>`, the last two in base64url; the
 * key is named by the beginning of its SHA-256, so that several can be in use while one replaces another.
 */
export class AesSecretBox extends SecretBox {
  readonly #keys: ReadonlyMap<string, KeyObject>;

  /** @param keys of 32 bytes; the first one seals, every one opens. Without one nothing can be sealed. */
  constructor(keys: readonly KeyObject[]) {
    super();
    this.#keys = new Map(keys.map((key) => [nameOf(key), key]));
  }

  override seal(plain: string): string {
    const [first] = this.#keys;
    if (first === undefined) {
      throw new RegistryError(
        'FEATURE_DISABLED',
        'This service cannot keep secrets: it was given no key. Set ANNALS_SECRETS_KEY, on every node to the same, ' +
          'to 32 random bytes in base64, as `openssl rand -base64 32` prints them.',
      );
    }
    const [name, key] = first;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(`${version}.${name}`));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${version}.${name}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
  }

  override open(sealed: string): string {
    const [writtenAs, name = '', nonce = '', content = ''] = sealed.split('.');
    if (writtenAs !== version) throw new SecretUnreadableError('A secret was not sealed by this service');
    const key = this.#keys.get(name);
    if (key === undefined) {
      throw new SecretUnreadableError(
        `A secret was sealed with the key ${name}, which this service does not have`,
      );
    }
    try {
      return decrypted(
        key,
        `${version}.${name}`,
        Buffer.from(nonce, 'base64url'),
        Buffer.from(content, 'base64url'),
      );
    } catch (cause) {
      throw new SecretUnreadableError('A secret was changed after it had been sealed', { cause });
    }
  }
}

function decrypted(key: KeyObject, header: string, nonce: Buffer, content: Buffer): string {
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(header)).setAuthTag(content.subarray(-tagLength));
  return decipher.update(content.subarray(0, -tagLength), undefined, 'utf8') + decipher.final('utf8');
}

/** Tells keys apart and nothing about them. */
function nameOf(key: KeyObject): string {
  return createHash('sha256').update(key.export()).digest('base64url').slice(0, 8);
}
