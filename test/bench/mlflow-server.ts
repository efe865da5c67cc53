import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ModelContents } from '../../src/domain/registered-model/registered-model.js';
import { freePort, startChildServer } from './child-server.js';
import type { ChildServer } from './child-server.js';
import { cache, checkout, newDataFolder } from './places.js';

/** MLflow cannot be had on this machine; the message says why. */
export class MlflowUnavailableError extends Error {
  override readonly name = 'MlflowUnavailableError';
}

/** The environment of the compatibility suite, so that both mean the same MLflow; its stamp says what is in it. */
const environment = join(cache, 'compatibility-venv');
const python = join(environment, 'bin', 'python');
const stamp = join(environment, 'requirements.sha256');
const requirements = join(checkout, 'test/compatibility/requirements.txt');

/**
 * Makes sure that the virtual environment of the compatibility suite is there.
 *
 * @throws MlflowUnavailableError
 */
export function provideMlflow(): void {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('(making a virtual environment with MLflow, which takes a minute or two)');
  rmSync(environment, { recursive: true, force: true });
  succeed('python3', '-m', 'venv', environment);
  succeed(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements);
  writeFileSync(stamp, hash);
}

/** `mlflow server` as it is without settings: four workers and SQLite. Only what phones home or keeps busy is off. */
export async function startMlflow(): Promise<ChildServer & { readonly database: string }> {
  const directory = newDataFolder('mlflow');
  const database = join(directory, 'mlflow.db');
  const port = await freePort();
  const server = await startChildServer({
    command: python,
    args: [
      '-m',
      'mlflow',
      'server',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--backend-store-uri',
      `sqlite:///${database}`,
    ],
    port,
    directory,
    environment: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^_?MLFLOW_|^PYTHON/.test(name))),
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    },
    readyPath: '/health',
    patience: 120,
  });
  return { ...server, database };
}

/** Puts models into a database of MLflow directly: over REST a big registry would take hours. */
export function fillMlflow(database: string, models: Iterable<ModelContents>): void {
  const db = new DatabaseSync(database, { timeout: 10_000 });
  const into = (table: string, columns: string) =>
    db.prepare(
      `INSERT INTO ${table} (workspace, ${columns}) VALUES ('default'${', ?'.repeat(columns.split(',').length)})`,
    );
  const model = into('registered_models', 'name, creation_time, last_updated_time, description');
  const modelTag = into('registered_model_tags', 'name, key, value');
  const version = into(
    'model_versions',
    'name, version, creation_time, last_updated_time, description, current_stage, source, run_id, run_link, status',
  );
  const versionTag = into('model_version_tags', 'name, version, key, value');
  db.exec('BEGIN IMMEDIATE');
  for (const { name, createdAt, updatedAt, description, tags, versions } of models) {
    model.run(name, createdAt, updatedAt, description);
    for (const [key, value] of tags) modelTag.run(name, key, value);
    for (const each of versions) {
      const texts = [each.description, each.stage, each.source, each.runId, each.runLink, each.status];
      version.run(name, each.version, each.createdAt, each.updatedAt, ...texts);
      for (const [key, value] of each.tags) versionTag.run(name, each.version, key, value);
    }
  }
  db.exec('COMMIT');
  db.close();
}

function succeed(command: string, ...args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  rmSync(environment, { recursive: true, force: true });
  throw new MlflowUnavailableError(error?.message ?? stderr.trim().slice(-500));
}
