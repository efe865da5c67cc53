import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A TypeScript file of the tests that runs in a process of its own. It should end when its standard input does. */
export interface ChildScript {
  readonly pid: number;
  /** What it prints, line by line. */
  readonly lines: AsyncIterable<string>;
  /** Writes a line to its standard input. */
  say(line: string): void;
  /** Stops it, or lets it go on, where it is. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends its standard input, and waits for it to end. */
  end(): Promise<void>;
  /** Ends it as a crash would: it gets no chance to clean up. */
  kill(): Promise<void>;
}

export function startScript(script: URL, ...options: readonly string[]): ChildScript {
  const loader = new URL('./typescript.mjs', import.meta.url).href;
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ['--import', loader, fileURLToPath(script), ...options],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  return {
    pid: child.pid ?? Number.NaN,
    lines: createInterface({ input: child.stdout }),
    say: (line) => void child.stdin.write(`${line}\n`),
    signal: (signal) => void child.kill(signal),
    end: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Waits for the script to print something. */
export async function firstLine(script: ChildScript): Promise<string | undefined> {
  for await (const line of script.lines) {
    return line;
  }
  return undefined;
}
