import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** One of the subscribers of docs/examples, as a reader runs it, and the lines that it prints. */
export class ExampleSubscriber {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #text = '';
  #changed = Promise.withResolvers<void>();

  private constructor(command: string, file: string, environment: NodeJS.ProcessEnv) {
    const script = fileURLToPath(new URL(`../../docs/examples/${file}`, import.meta.url));
    this.#child = spawn(command, [script], { env: { ...process.env, ...environment } });
    this.#ended = once(this.#child, 'exit').then(() => this.#changed.resolve());
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#text += String(chunk);
        this.#changed.resolve();
      });
    }
  }

  /** Resolves when it has subscribed. */
  static async start(command: string, file: string, annals: string): Promise<ExampleSubscriber> {
    const environment = { ANNALS_URL: annals, PORT: String(await freePort()) };
    const subscriber = new ExampleSubscriber(command, file, environment);
    await subscriber.untilPrinted('told by webhook');
    return subscriber;
  }

  async untilPrinted(text: string): Promise<void> {
    while (!this.#text.includes(text)) {
      if (this.#child.exitCode !== null) throw new Error(`It has ended: ${this.#text}`);
      await this.#changed.promise;
      this.#changed = Promise.withResolvers();
    }
  }

  get lines(): readonly string[] {
    return this.#text.trimEnd().split('\n');
  }

  /** Ends it as Ctrl-C does, and resolves when it is gone. */
  async interrupt(): Promise<void> {
    this.#child.kill('SIGINT');
    await this.#ended;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
