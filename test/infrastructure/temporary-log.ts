import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A path for a log in a new folder for each test, which is removed after it. */
export function temporaryLog(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return () => join(folder, 'log.db');
}
