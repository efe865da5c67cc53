import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { keyBytes, readSecretsKey, SecretsKeyError } from './secrets-key.js';

/**
 * The key in a file, if there is one.
 *
 * @throws SecretsKeyError when it holds something else, naming the file
 */
export function keyInFile(file: string): KeyObject | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readSecretsKey(readFileSync(file, 'utf8').trim());
  } catch (error) {
    if (error instanceof SecretsKeyError) throw new SecretsKeyError(`The key in ${file} ${error.message}`);
    throw error;
  }
}

/**
 * The key in a file, which is made with a random one if it is missing. Only the user of this process can read it
 * (mode 0600). It is there whole and on disk, or not at all.
 *
 * @throws SecretsKeyError when it holds something else, naming the file
 */
export function keyKeptInFile(file: string): KeyObject {
  const kept = keyInFile(file);
  if (kept !== undefined) return kept;
  const draft = `${file}.${randomUUID()}`;
  writeDurably(draft, `${randomBytes(keyBytes).toString('base64')}\n`);
  try {
    linkSync(draft, file);
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(file));
  return readSecretsKey(readFileSync(file, 'utf8').trim());
}

/** A key that nobody keeps, for a log that nobody keeps. */
export function randomKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes));
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
