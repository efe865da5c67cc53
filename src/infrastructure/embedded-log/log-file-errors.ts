/** The log is held by another process, or by this one a second time. */
export class LogInUseError extends Error {
  override readonly name = 'LogInUseError';

  constructor(
    readonly file: string,
    cause: unknown,
  ) {
    super(
      `The log ${file} is in use: only one Annals can hold it at a time. ` +
        'Stop the one that holds it, or give this one a log of its own',
      { cause },
    );
  }
}

/** The log was written by a newer Annals, whose schema this one cannot know. */
export class LogSchemaTooNewError extends Error {
  override readonly name = 'LogSchemaTooNewError';

  constructor(
    readonly file: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The log ${file} has schema version ${found} and this Annals knows versions up to ${known}. ` +
        'Start the Annals that wrote it or a newer one; a log is never taken back to an older schema',
    );
  }
}

/** There is a file where the log is configured, and it is something else. It has not been changed. */
export class NotAnAnnalsLogError extends Error {
  override readonly name = 'NotAnAnnalsLogError';

  constructor(
    readonly file: string,
    cause?: unknown,
  ) {
    super(
      `The file ${file} is not an Annals log. Name another file: one that is missing or empty becomes a new log`,
      { cause },
    );
  }
}
