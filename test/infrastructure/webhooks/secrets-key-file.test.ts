import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSecretBox } from '../../../src/infrastructure/webhooks/open-secret-box.js';
import { SecretsKeyError } from '../../../src/infrastructure/webhooks/secrets-key.js';
import {
  keyInFile,
  keyKeptInFile,
  randomKey,
} from '../../../src/infrastructure/webhooks/secrets-key-file.js';

describe('the file of the key', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-key-'));
    file = join(folder, 'secrets.key');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for this user alone, and leaves nothing beside it', () => {
    const made = keyKeptInFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.key']);
    expect(keyKeptInFile(file).equals(made)).toBe(true);
  });

  it('holds the key as it can be handed to every node', () => {
    const made = keyKeptInFile(file);
    expect(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')).toEqual(made.export());
  });

  it('is not made by looking for it', () => {
    expect(keyInFile(file)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is never replaced: what is no key is refused, and not repeated', () => {
    writeFileSync(file, 'half a k');
    for (const read of [keyInFile, keyKeptInFile]) {
      expect(() => read(file)).toThrow(SecretsKeyError);
      expect(() => read(file)).toThrow(`The key in ${file} has to be 32 random bytes`);
      expect(() => read(file)).not.toThrow('half a k');
    }
    expect(readFileSync(file, 'utf8')).toBe('half a k');
  });

  it('opens what it sealed before keys were configured', () => {
    const sealed = openSecretBox([], file).seal('secret');
    const configured = openSecretBox([randomKey()], file);
    expect(configured.open(sealed)).toBe('secret');
    expect(configured.seal('secret').split('.')[1]).not.toBe(sealed.split('.')[1]);
  });

  it('is not made where keys are configured', () => {
    openSecretBox([randomKey()], file);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not made for a log in memory, which has a key nevertheless', () => {
    const box = openSecretBox([], ':memory:');
    expect(box.open(box.seal('secret'))).toBe('secret');
  });

  it('is not made for a log that several nodes share', () =>
    expect(() => openSecretBox([], undefined).seal('secret')).toThrow('it was given no key'));
});
