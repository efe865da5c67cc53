/** The environment says something that makes no sense; the message says what would. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
