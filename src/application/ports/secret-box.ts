/** Encrypts what must not be read by whoever reads the log. */
export abstract class SecretBox {
  /**
   * @throws RegistryError FEATURE_DISABLED when this service was given no key, saying how to give it one.
   */
  abstract seal(plain: string): string;

  /** @throws SecretUnreadableError when it was sealed with a key that this service does not have. */
  abstract open(sealed: string): string;
}

/** A secret cannot be read: the service has lost the key, or was given another one. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}
