import type { RegistryErrorCode } from '../../domain/registry-error.js';
import type { RecordedEvent } from '../ports/event-store.js';

/** Streams of refused commands: `refusedCommand-<id of the model that they were meant for>`. */
export const refusedCommandPrefix = 'refusedCommand-';

/** What was refused to clients of a model, apart from what happened to it. */
export function refusedCommandStream(modelId: string): string {
  return refusedCommandPrefix + modelId;
}

/** A command on a model was refused, for a reason that whoever looks into an incident wants to know. */
export interface CommandRefused {
  readonly type: 'CommandRefused';
  readonly data: {
    /** Name of the command, as `TransitionStage`. */
    readonly command: string;
    readonly code: RegistryErrorCode;
    /** What the client was told, cut off where it is very long. */
    readonly message: string;
    /** The model by the name that the client said, and the version if the command was about one. */
    readonly subject: { readonly name: string; readonly version: number | null };
  };
}

/** The one place that turns stored JSON into an event of a stream of refused commands. */
export function decodeRefusedCommand(event: RecordedEvent): CommandRefused {
  if (event.type !== 'CommandRefused') {
    throw new Error(`${event.stream} holds an event of the unknown type ${event.type}`);
  }
  return { type: event.type, data: event.data } as unknown as CommandRefused;
}
