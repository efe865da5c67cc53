import { createInterface } from 'node:readline';
import type { Calls, Method } from './calls.js';
import type { Ending, Fault } from './faults.js';
import type { Member } from './membership.js';

/** What a test may ask of the double while it runs. */
export interface Control {
  /** The next so many calls of these methods meet a fault; all of them without a number. */
  fail(methods: readonly Method[], fault: Fault, times?: number): void;
  heal(): void;
  endSubscriptions(ending: Ending): void;
  cutConnections(): void;
  writeSystemEvents(count: number): void;
  changeMembers(members: readonly Member[]): void;
  /** What has been called, as soon as it differs from that version. */
  calls(version: number): Promise<Calls>;
}

/** A command and what it is given, as a line of JSON. */
export type Command = {
  [Name in keyof Control]: readonly [id: number, name: Name, given: Parameters<Control[Name]>];
}[keyof Control];

/** The answer to the command of that id. */
export type Answer = readonly [id: number, result: unknown];

/** Obeys the lines of the standard input, and ends the process when they end. */
export function obey(control: Control): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('close', () => process.exit());
  lines.on('line', (line) => {
    const [id, name, given] = JSON.parse(line) as Command;
    const command = control[name] as (...given: readonly unknown[]) => unknown;
    void (async () => {
      const answer: Answer = [id, (await command(...given)) ?? null];
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    })();
  });
}
