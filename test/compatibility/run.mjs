// Runs the compatibility suite: the real MLflow Python client against a listening server.
//
//   node test/compatibility/run.mjs [--against-mlflow] [arguments of pytest]
//
// Starts Annals from dist/ (so `npm run build` comes first) beside a stock MLflow server that keeps the runs.
// A server named by REGISTRY_URI or TRACKING_URI is used instead of starting one. With LOG=eventstoredb the log is in
// EventStoreDB: the server that EVENTSTORE_URL names, or else a double of one. With --against-mlflow the registry
// under test is MLflow's own, which proves the expectations of the suite, except those where Annals does better.

import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const suite = dirname(fileURLToPath(import.meta.url));
const root = join(suite, '..', '..');
const support = join(suite, '..', 'support');
const requirements = join(suite, 'requirements.txt');
const environment = join(root, '.cache', 'compatibility-venv');
const logs = join(root, '.cache', 'compatibility-logs');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const limits = {
  check: 30 * SECOND,
  install: 15 * MINUTE,
  start: 2 * MINUTE,
  tests: 15 * MINUTE,
  stop: 10 * SECOND,
};

const pytestArguments = process.argv.slice(2).filter((argument) => argument !== '--against-mlflow');
const againstMlflow = process.argv.includes('--against-mlflow');
const networkTroubles =
  /NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|name resolution|Name or service not known|ProxyError|SSLError|unreachable|Connection (refused|reset|aborted)|timed out/i;

/** The environment for MLflow, without settings that the caller has for other purposes. */
function mlflowEnvironment(settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^_?MLFLOW_|^PYTHON/.test(name));
  const direct = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  const quiet = {
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  return { ...Object.fromEntries(inherited), ...direct, ...quiet, ...settings };
}

/** Webhooks reach the receiver on this machine, and a new one is told what happens from its creation on. */
const reachingReceivers = {
  MLFLOW_WEBHOOK_ALLOWED_SCHEMES: 'http,https',
  MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'true',
  MLFLOW_WEBHOOK_CACHE_TTL: '0',
};

/** Why the suite cannot run here; not a failure. */
class Skip extends Error {}

// --- the Python environment

function findPython() {
  const candidates = [
    'python3',
    'python3.14',
    'python3.13',
    'python3.12',
    'python3.11',
    'python3.10',
    'python',
  ];
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';
  const found = candidates.find((name) => succeeds(name, ['-c', isNewEnough]));
  if (found === undefined) throw new Skip('there is no python3 of version 3.10 or newer');
  if (!succeeds(found, ['-c', 'import venv, ensurepip'])) throw new Skip(`${found} has no venv module`);
  return found;
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: limits.check }).status === 0;
}

/** The python of the suite's own environment, which is made anew when the requirements have changed. */
function preparePython() {
  const inside = join(environment, 'bin', 'python');
  const stamp = join(environment, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash &&
    succeeds(inside, ['-c', 'import mlflow, pytest'])
  ) {
    return inside;
  }
  const outside = findPython();
  console.log(`Preparing ${environment}`);
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(dirname(environment), { recursive: true });
  run(outside, ['-m', 'venv', environment], limits.install);
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '2',
    '--timeout',
    '20',
  ];
  run(inside, [...pip, '--requirement', requirements], limits.install);
  writeFileSync(stamp, hash);
  return inside;
}

function run(command, args, timeout) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout });
  if (status === 0) return;
  const told = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  rmSync(environment, { recursive: true, force: true });
  if (networkTroubles.test(told)) throw new Skip('the Python packages cannot be reached');
  throw new Error(`${command} ${args.join(' ')} failed:\n${told.slice(-3000)}`);
}

// --- the servers

const running = [];

/** Starts a server in a process group of its own, with its output in a log. */
function start(name, command, args, { stdin = 'ignore', ...options }) {
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${name}.log`);
  const log = openSync(path, 'w');
  const child = spawn(command, args, { ...options, detached: true, stdio: [stdin, log, log] });
  closeSync(log);
  const server = { name, path, child, failure: undefined };
  child.on('error', (error) => (server.failure = error.message));
  child.on('exit', (code, signal) => (server.failure ??= `it ended with ${code ?? signal}`));
  running.push(server);
  return server;
}

async function ready(server, uri) {
  const end = Date.now() + limits.start;
  while (Date.now() < end && server.failure === undefined) {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(2 * SECOND) }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(200);
  }
  const told = readFileSync(server.path, 'utf8').slice(-3000);
  throw new Error(`${server.name} did not get ready: ${server.failure ?? `no 200 from ${uri}`}\n${told}`);
}

async function stopAll() {
  for (const { child } of running) signalGroup(child, 'SIGTERM');
  const end = Date.now() + limits.stop;
  while (Date.now() < end && running.some(({ child }) => isAlive(child))) await sleep(50);
  for (const { child } of running) signalGroup(child, 'SIGKILL');
}

/** The group outlives its leader when that one leaves workers behind, so it is signalled even then. */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function isAlive(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function startMlflow(python, name, directory) {
  const home = join(directory, name);
  mkdirSync(home);
  const port = await freePort();
  const store = ['--backend-store-uri', 'sqlite:///runs.db', '--artifacts-destination', './artifacts'];
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const server = start(name, python, ['-m', 'mlflow', 'server', ...listen, ...store], {
    cwd: home,
    env: mlflowEnvironment(reachingReceivers),
  });
  const uri = `http://127.0.0.1:${port}`;
  await ready(server, `${uri}/health`);
  return uri;
}

/** Where the log is; undefined when it is a file. Annals waits for it by itself. */
async function startEventStore() {
  const { LOG: log = 'embedded', EVENTSTORE_URL: url } = process.env;
  if (log === 'embedded') return undefined;
  if (log !== 'eventstoredb') throw new Error(`LOG has to be embedded or eventstoredb, not '${log}'`);
  if (url !== undefined) return url;
  const port = await freePort();
  const script = join(support, 'eventstoredb', 'server.ts');
  const typescript = pathToFileURL(join(support, 'typescript.mjs')).href;
  // It ends when its standard input does.
  start('eventstoredb-double', process.execPath, ['--import', typescript, script, JSON.stringify({ port })], {
    cwd: root,
    stdin: 'pipe',
  });
  return `esdb://127.0.0.1:${port}?tls=false`;
}

async function startAnnals(directory, trackingUri) {
  const main = join(root, 'dist', 'main.js');
  if (!existsSync(main)) throw new Error('dist/main.js is missing: `npm run build` comes first');
  const home = join(directory, 'annals');
  mkdirSync(home);
  const port = await freePort();
  const eventStore = await startEventStore();
  const server = start('annals', process.execPath, [main], {
    cwd: root,
    env: {
      ...process.env,
      ...(eventStore === undefined ? {} : { ANNALS_EVENTSTORE: eventStore }),
      ANNALS_HOST: '127.0.0.1',
      ANNALS_PORT: String(port),
      ANNALS_DATA: home,
      ANNALS_TRACKING_URI: trackingUri,
      ANNALS_WEBHOOK_ALLOW: '127.0.0.1',
      ANNALS_SECRETS_KEY: randomBytes(32).toString('base64'),
    },
  });
  const uri = `http://127.0.0.1:${port}`;
  await ready(server, `${uri}/health/ready`);
  return uri;
}

/** The addresses of the registry under test, of the keeper of the runs, and of the server to compare with. */
async function serve(python, directory) {
  if (againstMlflow) {
    const both = await startMlflow(python, 'mlflow', directory);
    const other = await startMlflow(python, 'mlflow-to-compare-with', directory);
    return { REGISTRY_URI: both, TRACKING_URI: both, MLFLOW_URI: other };
  }
  const tracking = process.env.TRACKING_URI ?? (await startMlflow(python, 'mlflow', directory));
  const registry = process.env.REGISTRY_URI ?? (await startAnnals(directory, tracking));
  return { REGISTRY_URI: registry, TRACKING_URI: tracking, MLFLOW_URI: process.env.MLFLOW_URI ?? tracking };
}

// --- the tests

function runPytest(python, uris) {
  const selection = againstMlflow ? ['-m', 'not improves_on_mlflow'] : [];
  const child = spawn(python, ['-m', 'pytest', ...selection, ...pytestArguments], {
    cwd: suite,
    stdio: 'inherit',
    env: mlflowEnvironment(uris),
    detached: true,
    timeout: limits.tests,
    killSignal: 'SIGKILL',
  });
  running.push({ name: 'pytest', child });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal !== null) console.error(`pytest was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

async function main() {
  const python = preparePython();
  const directory = mkdtempSync(join(tmpdir(), 'annals-compatibility-'));
  const cleanUp = async () => {
    await stopAll();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  }
  try {
    return await runPytest(python, await serve(python, directory));
  } finally {
    await cleanUp();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Skip) {
    console.log(`SKIPPED compatibility suite: ${error.message}`);
  } else {
    console.error(error.message);
    process.exitCode = 1;
  }
}
