import { describe, expect, it } from '@jest/globals';
import { UsageError, readCommandLine } from '../../src/cli/command-line.js';

describe('the command line', () => {
  it.each([
    [[], { name: 'serve' }],
    [['--help'], { name: 'help' }],
    [['copy-log', '-h'], { name: 'help' }],
    [['--version'], { name: 'version' }],
    [
      ['copy-log', '--from', './data', '--to=esdb://localhost?tls=false'],
      { name: 'copy-log', from: './data', to: 'esdb://localhost?tls=false' },
    ],
  ])('understands %j', (args, command) => {
    expect(readCommandLine(args)).toEqual(command);
  });

  it.each([
    [['serve'], "There is no command 'serve'"],
    [['copy-log'], 'copy-log needs both --from and --to'],
    [['copy-log', '--from', 'a'], 'copy-log needs both --from and --to'],
    [['copy-log', 'a', 'b'], "'a b' is too much"],
    [['--from', 'a'], '--from and --to belong to copy-log'],
    [['--port', '5000'], "Unknown option '--port'"],
  ])('refuses %j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(UsageError);
    expect(() => readCommandLine(args)).toThrow(message);
  });
});
