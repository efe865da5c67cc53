import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A page of the documentation whose commands can be run as they stand. */
export class Walkthrough {
  /** Where there is no curl, nobody can walk. */
  static readonly canBeWalked = spawnSync('curl', ['--version']).status === 0;

  readonly #blocks: readonly string[];

  /** @param page its name in docs */
  constructor(page: string) {
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
    this.#blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block ?? []);
    if (!Walkthrough.canBeWalked)
      process.stderr.write(`SKIPPED the commands of docs/${page}: there is no curl\n`);
  }

  /** Runs all of its commands against a server, and answers what they print and the status of each answer. */
  async walk(
    url: string,
  ): Promise<{ readonly text: string; readonly statuses: readonly (string | undefined)[] }> {
    const script = this.#blocks
      .join('\n')
      .replaceAll('http://127.0.0.1:5000', url)
      .replaceAll('curl -sS', String.raw`curl -sS -w '\nstatus %{http_code}\n'`);
    const shell = spawn('bash', ['-eu', '-c', script]);
    let text = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    await new Promise((resolve) => shell.on('close', resolve));
    return { text, statuses: [...text.matchAll(/^status (\d+)$/gm)].map(([, status]) => status) };
  }
}
