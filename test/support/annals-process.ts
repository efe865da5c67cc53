import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HttpClient } from './http-client.js';
import { clientOf } from './http-client.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** How one read model stands, as readiness tells it. */
interface Standing {
  readonly lag: number;
}

/** The built service as a process of its own, which a test may kill. Whoever starts it has to end it. */
export class AnnalsProcess {
  #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
    readonly client: HttpClient,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.#child = child;
  }

  /** Starts it with its data in that folder, and waits until it is ready. */
  static async start(folder: string, settings: Record<string, string> = {}): Promise<AnnalsProcess> {
    const environment = { ANNALS_PORT: '0', ANNALS_DATA: folder, ANNALS_LOG_LEVEL: 'info', ...settings };
    const { child, url } = await listening(environment);
    const port = { ANNALS_PORT: new URL(url).port };
    const node = new AnnalsProcess(child, url, clientOf(url), { ...environment, ...port });
    await node.untilReady();
    return node;
  }

  /** Resolves when the service says that it is ready, or that it is not. */
  async untilReady(ready = true): Promise<void> {
    while (((await this.#readiness()).status === 200) !== ready) await pause(10);
  }

  /** Resolves when its read model holds what the log holds now. */
  async untilCaughtUp(): Promise<void> {
    const isBehind = (standings: readonly Standing[]) => standings.some(({ lag }) => lag > 0);
    for (;;) {
      const { status, body } = await this.#readiness();
      if (status === 200 && !isBehind(body['projections'] ?? [])) return;
      await pause(10);
    }
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** Ends it as an operator would, and answers its exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    return code;
  }

  /** Starts it again after it has ended, at the same port with the same data, and waits until it is ready. */
  async restart(): Promise<void> {
    ({ child: this.#child } = await listening(this.environment));
    await this.untilReady();
  }

  /** Has its read model built anew from the log. */
  async rebuild(): Promise<void> {
    await this.stop();
    const file = join(this.environment['ANNALS_DATA'] ?? '', 'read-model.sqlite');
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    await this.restart();
  }

  #readiness() {
    return this.client.send('GET', '/health/ready');
  }
}

/** A process that listens. What it logs is read, so that it never waits for somebody to do so. */
async function listening(
  environment: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url === undefined || !url.startsWith('http')) continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error('The service ended before it listened');
}
