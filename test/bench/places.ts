import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout; the benchmarks run from `.cache/bench/test/bench` in it. */
export const checkout = fileURLToPath(new URL('../../../..', import.meta.url));

export const cache = join(checkout, '.cache');

/**
 * Of this process alone. In the checkout and not in the system's temporary folder, which may be in memory: syncs have
 * to reach a disk.
 */
const dataFolder = join(cache, 'bench-data', String(process.pid));

/** A new empty folder, which lasts until {@link removeData}. */
export function newDataFolder(name: string): string {
  mkdirSync(dataFolder, { recursive: true });
  return mkdtempSync(join(dataFolder, `${name}-`));
}

export function removeData(): void {
  rmSync(dataFolder, { recursive: true, force: true });
}
