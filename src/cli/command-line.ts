import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';

/** What `annals` is asked to do. */
export type Command =
  | { readonly name: 'serve' }
  | { readonly name: 'copy-log'; readonly from: string; readonly to: string }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

/** The command line makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** @throws UsageError */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name, ...others] = positionals;
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  if (name !== undefined && name !== 'copy-log') throw new UsageError(`There is no command '${name}'`);
  if (others.length > 0) throw new UsageError(`'${others.join(' ')}' is too much`);
  const { from, to } = values;
  if (name === undefined) {
    if (from !== undefined || to !== undefined) throw new UsageError('--from and --to belong to copy-log');
    return { name: 'serve' };
  }
  if (!from || !to) throw new UsageError('copy-log needs both --from and --to');
  return { name, from, to };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (isParseError(error)) throw new UsageError(firstSentence(error.message), { cause: error });
    throw error;
  }
}

function isParseError(error: unknown): error is Error {
  return isNativeError(error) && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** What follows it in the messages of Node.js is about commands that take file names. */
function firstSentence(message: string): string {
  return message.replace(/\.(\s.*|$)/s, '');
}
