import { existsSync } from 'node:fs';
import { LogCopyError, copyLog } from '../application/copying/copy-log.js';
import type { VerifiedCopy } from '../application/copying/copy-log.js';
import { annalsStreams } from '../application/history/annals-streams.js';
import { LogUnavailableError } from '../application/ports/event-store.js';
import { EventStoreDbConnectionError } from '../infrastructure/eventstoredb/connection-error.js';
import { UsageError } from './command-line.js';
import { describePlace, isMissing, isSamePlace, openPlace, readLogPlace } from './log-place.js';
import type { LogPlace } from './log-place.js';
import { ProgressLines } from './progress-lines.js';

/**
 * Copies a log from one place to another. Standard error hears how it goes, standard output what came of it.
 *
 * @returns the code for the process to end with
 * @throws UsageError
 */
export async function runCopyLog(given: { readonly from: string; readonly to: string }): Promise<number> {
  const [from, to] = readPlaces(given);
  try {
    const { events, streams, copied } = await copyBetween(from, to);
    process.stdout.write(
      `${describePlace(to)} is a true copy of ${describePlace(from)}: ` +
        `${events} events in ${streams} streams, ${copied} of them copied now.\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    say(error.message + remedyOf(error));
    return 1;
  }
}

function readPlaces({ from, to }: { readonly from: string; readonly to: string }): [LogPlace, LogPlace] {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const account = {
    username: process.env['ANNALS_EVENTSTORE_USERNAME']?.trim() || undefined,
    password: process.env['ANNALS_EVENTSTORE_PASSWORD']?.trim() || undefined,
  };
  const places: [LogPlace, LogPlace] = [
    readLogPlace('--from', from, account),
    readLogPlace('--to', to, account),
  ];
  if (isSamePlace(...places)) throw new UsageError('--from and --to name the same log');
  return places;
}

async function copyBetween(from: LogPlace, to: LogPlace): Promise<VerifiedCopy> {
  if (isMissing(from)) {
    throw new LogCopyError(
      `There is no log ${describePlace(from)}. Name the data folder that has it in --from.`,
    );
  }
  const source = await openPlace(from, annalsStreams, say);
  try {
    const target = await openPlace(to, annalsStreams, say);
    try {
      const lines = new ProgressLines(say);
      return await copyLog({
        source,
        target,
        streams: annalsStreams,
        onProgress: (progress) => lines.report(progress),
      });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function remedyOf(error: Error): string {
  if (error instanceof LogUnavailableError) return '. Run this again: it goes on from here.';
  // What is wrong with an address is told as the service has it, which gets it from its environment.
  if (error instanceof EventStoreDbConnectionError)
    return ' The address is what stands after --from or --to.';
  return '';
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
