/** SQLite's own codes for its failures, without the extensions that say more exactly why. */
export const sqliteBusy = 5;
export const sqliteNotADatabase = 26;

/** What `node:sqlite` throws when the database failed. */
export interface SqliteError extends Error {
  readonly code: 'ERR_SQLITE_ERROR';
  readonly errcode: number;
}

/** Goes by the code: `instanceof` fails on errors made by Node itself where modules have globals of their own. */
export function isSqliteError(error: unknown): error is SqliteError {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
