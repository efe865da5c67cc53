import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openReadModelDatabase } from '../../src/projections/read-model-database.js';

describe('the file of the read models', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-'));
    file = join(folder, 'read-model.sqlite');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps what is in it', () => {
    const first = openReadModelDatabase(file);
    first.exec('CREATE TABLE kept (id INTEGER)');
    first.close();
    const second = openReadModelDatabase(file);
    expect(second.prepare('SELECT count(*) AS rows FROM kept').get()).toEqual({ rows: 0 });
    second.close();
  });

  it('is replaced when it is no database', () => {
    writeFileSync(file, 'This is no database. '.repeat(200));
    const db = openReadModelDatabase(file);
    expect(db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()).toEqual({ tables: 0 });
    db.close();
  });
});
