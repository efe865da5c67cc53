import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox } from '../../src/application/ports/secret-box.js';
import { startTestServer } from '../support/server.js';

describe('the key of secrets', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-secrets-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a server does with its box, from its start to its end. */
  async function inServer<Result>(
    work: (box: SecretBox) => Result,
    environment: Record<string, string> = {},
  ) {
    const server = await startTestServer({ ANNALS_DATA: folder, ...environment });
    try {
      return work(server.app.get(SecretBox));
    } finally {
      await server.close();
    }
  }

  it('is made in the data folder, and opens after a restart what was sealed before', async () => {
    const sealed = await inServer((box) => box.seal('secret'));
    expect(readdirSync(folder)).toContain('secrets.key');
    expect(await inServer((box) => box.open(sealed))).toBe('secret');
  });

  it('is taken from the configuration, and the one in the folder goes on to open', async () => {
    const sealed = await inServer((box) => box.seal('secret'));
    const ANNALS_SECRETS_KEY = Buffer.alloc(32, 7).toString('base64');
    const again = await inServer((box) => box.seal(box.open(sealed)), { ANNALS_SECRETS_KEY });
    const kept = readFileSync(join(folder, 'secrets.key'), 'utf8').trim();
    rmSync(join(folder, 'secrets.key'));
    expect(await inServer((box) => box.open(again), { ANNALS_SECRETS_KEY })).toBe('secret');
    expect(readdirSync(folder)).not.toContain('secrets.key');
    const both = { ANNALS_SECRETS_KEY: `${ANNALS_SECRETS_KEY},${kept}` };
    expect(await inServer((box) => box.open(sealed), both)).toBe('secret');
  });
  it('ends the start when it is damaged, and holds nothing then', async () => {
    const file = join(folder, 'secrets.key');
    const sealed = await inServer((box) => box.seal('secret'));
    const key = readFileSync(file, 'utf8');
    writeFileSync(file, key.slice(0, 20));
    await expect(inServer(() => undefined)).rejects.toThrow(
      `The key in ${file} has to be 32 random bytes in base64`,
    );
    writeFileSync(file, key);
    expect(await inServer((box) => box.open(sealed))).toBe('secret');
  });
});
