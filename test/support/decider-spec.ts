import { expect } from '@jest/globals';
import type { Decider } from '../../src/domain/decider.js';

/** After some events. */
export interface Given<State, Command, Event> {
  when(command: Command): When<State, Event>;
  /** The state has at least these fields. */
  thenState(expected: Partial<State>): void;
}

/** After a command. */
export interface When<State, Event> {
  /** It is decided to record exactly these. */
  thenEvents(...expected: readonly Event[]): void;
  /** It is allowed and changes nothing. */
  thenNothing(): void;
  /** It is refused with an error of this code, which says exactly this. */
  thenRefused(code: string, message: string): void;
  /** It is refused with this error. */
  thenThrows(error: Error): void;
  /** The state has at least these fields after the decided events. */
  thenState(expected: Partial<State>): void;
}

/** The words to specify a decider with: `given(events).when(command).thenEvents(events)`. */
export function specify<State extends object, Command, Event>({
  initialState,
  decide,
  evolve,
}: Decider<State, Command, Event>): (...events: readonly Event[]) => Given<State, Command, Event> {
  return (...history) => {
    const state = history.reduce(evolve, initialState);
    return {
      thenState: (expected) => expect(state).toMatchObject(expected),
      when: (command) => {
        const decided = () => decide(state, command);
        return {
          thenEvents: (...expected) => expect(decided()).toEqual(expected),
          thenNothing: () => expect(decided()).toEqual([]),
          thenRefused: (code, message) => expect(refusal(decided)).toMatchObject({ code, message }),
          thenThrows: (error) => expect(refusal(decided)).toEqual(error),
          thenState: (expected) => expect(decided().reduce(evolve, state)).toMatchObject(expected),
        };
      },
    };
  };
}

function refusal(decide: () => unknown): unknown {
  try {
    return { accepted: decide() };
  } catch (error) {
    return error;
  }
}
