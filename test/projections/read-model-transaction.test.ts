import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadModelTransaction } from '../../src/projections/read-model-transaction.js';

describe('the transaction of a read model', () => {
  let folder: string;
  let db: DatabaseSync;
  let other: DatabaseSync;
  let transaction: ReadModelTransaction;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-'));
    const file = join(folder, 'read-model.sqlite');
    db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('CREATE TABLE rows (id INTEGER)');
    other = new DatabaseSync(file);
    transaction = new ReadModelTransaction(db);
  });

  afterEach(() => {
    transaction.commit();
    db.close();
    other.close();
    rmSync(folder, { recursive: true });
  });

  const insert = (id: number) => () => void db.prepare('INSERT INTO rows VALUES (?)').run(id);
  const idsIn = (connection: DatabaseSync) =>
    connection
      .prepare('SELECT id FROM rows')
      .all()
      .map(({ id }) => id);

  it('shows what is included to its own connection at once and to others when it is committed', () => {
    transaction.include(1, insert(1));
    expect(idsIn(db)).toEqual([1]);
    expect(idsIn(other)).toEqual([]);
    transaction.commit();
    expect(idsIn(other)).toEqual([1]);
  });

  it('commits by itself when much is included', () => {
    transaction.include(5_000, insert(1));
    expect(idsIn(other)).toEqual([1]);
  });

  it('commits by itself after a while', async () => {
    transaction.include(1, insert(1));
    while (idsIn(other).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(idsIn(other)).toEqual([1]);
  });

  it('takes back work that fails, and nothing else', () => {
    transaction.include(1, insert(1));
    const failing = () => {
      insert(2)();
      throw new Error('half way');
    };
    expect(() => transaction.include(1, failing)).toThrow('half way');
    transaction.include(1, insert(3));
    expect(idsIn(db)).toEqual([1, 3]);
  });
});
