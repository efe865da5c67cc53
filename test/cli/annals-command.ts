import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const loader = new URL('../support/typescript.mjs', import.meta.url).href;
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What became of a run of `annals`. */
export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs `annals` from its sources in a process of its own, in a folder that has no `.env`. */
export async function annals(folder: string, args: readonly string[], account = {}): Promise<Ended> {
  const child = start(folder, args, account);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, output, errors };
}

/** Kills `annals` as soon as it says something that begins like this. False when it ended before. */
export async function killAnnalsWhen(
  said: string,
  folder: string,
  args: readonly string[],
): Promise<boolean> {
  const child = start(folder, args, {});
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.startsWith(said)) child.kill('SIGKILL');
  }
  return (await ended)[0] === null;
}

function start(folder: string, args: readonly string[], account: object) {
  return spawn(process.execPath, ['--import', loader, main, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...account },
  });
}
