import { UsageError, readCommandLine } from './command-line.js';
import { help, version } from './help.js';

/**
 * Does what the command line says, and sets the code with which the process ends. What is not needed is not loaded.
 *
 * @param serve starts the service, and returns when it listens
 */
export async function annals(args: readonly string[], serve: () => Promise<void>): Promise<void> {
  try {
    const command = readCommandLine(args);
    switch (command.name) {
      case 'serve':
        return await serve();
      case 'help':
        process.stdout.write(help);
        return;
      case 'version':
        process.stdout.write(`${version()}\n`);
        return;
      case 'copy-log': {
        const { runCopyLog } = await import('./run-copy-log.js');
        process.exitCode = await runCopyLog(command);
      }
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}. \`annals --help\` says what there is.\n`);
    process.exitCode = 2;
  }
}
