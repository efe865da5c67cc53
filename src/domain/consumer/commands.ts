import type { NoticeFilter } from '../notices/notice-filter.js';

interface Requests {
  /** Its checkpoint begins at the position `after`. */
  CreateConsumer: { description: string | null; filter: NoticeFilter; after: number };
  /**
   * Everything up to `position` has been dealt with. `after` is the checkpoint from which that was read, if the client
   * says so.
   */
  AcknowledgeNotices: { position: number; after: number | null };
  SeekConsumer: { position: number };
  PauseConsumer: object;
  ResumeConsumer: object;
  DeleteConsumer: object;
}

export type ConsumerCommandType = keyof Requests;

/**
 * What can be asked of the consumer `name`. Positions are such as the log has reached, `at` is the time that the events
 * get, in milliseconds since the epoch.
 */
export type ConsumerCommand = {
  [Type in ConsumerCommandType]: Readonly<Requests[Type]> & {
    readonly type: Type;
    readonly name: string;
    readonly at: number;
  };
}[ConsumerCommandType];

/** The command of one type. */
export type ConsumerCommandOf<Type extends ConsumerCommandType> = Extract<ConsumerCommand, { type: Type }>;
