import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newDataFolder } from './places.js';

/** A server that runs in a process, or in several, of its own. */
export interface ChildServer {
  readonly port: number;
  /** From the start of the process to the first 200 of the path that tells. */
  readonly secondsToReady: number;
  /** Ends it and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Answers 200 when the server is ready. */
  readonly readyPath: string;
  /** Seconds after which it counts as failed. */
  readonly patience?: number;
}

const running = new Set<number>();

/** Servers are groups of processes, which would outlive this one. */
process.on('exit', () => running.forEach((group) => kill(group, 'SIGKILL')));

/**
 * Starts a server and resolves when it is ready. What it prints goes to a file: reading it would be work for the
 * process that measures.
 */
export async function startChildServer(server: ServerCommand): Promise<ChildServer> {
  const { command, args, directory: cwd, environment: env, port } = server;
  const output = join(newDataFolder('output'), 'output.txt');
  const file = openSync(output, 'a');
  const began = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', file, file], detached: true });
  closeSync(file);
  const group = child.pid;
  if (group === undefined) throw new Error(`${command} cannot be started`);
  running.add(group);
  let stopping = false;
  const told = () => `${command} ${args.join(' ')}\n${readFileSync(output, 'utf8').slice(-4_000)}`;
  const ended = once(child, 'exit');
  child.once('exit', (code, signal) => {
    if (!stopping) console.error(`A server has ended by itself with ${code ?? signal}: ${told()}`);
  });
  const stop = async () => {
    stopping = true;
    kill(group, 'SIGTERM');
    const gone = await Promise.race([ended.then(() => true), pause(10_000, false)]);
    if (!gone) kill(group, 'SIGKILL');
    await ended;
    kill(group, 'SIGKILL'); // What the first process of the group has left behind.
    running.delete(group);
  };
  const url = `http://127.0.0.1:${port}${server.readyPath}`;
  const deadline = began + (server.patience ?? 60) * 1_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`This server does not get ready: ${told()}`);
    }
    await pause(5);
  }
  return { port, secondsToReady: (performance.now() - began) / 1_000, stop };
}

/** A port that is free at present. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It is gone.
  }
}
