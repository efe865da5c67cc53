/**
 * The rules of one kind of stream, as two pure functions.
 *
 * `decide` says what a command brings about in a state: the facts to record, none if nothing changes, or it throws a
 * refusal. `evolve` takes a recorded fact into the state and never refuses what was once accepted.
 */
export interface Decider<State, Command, Event> {
  readonly initialState: State;
  decide(state: State, command: Command): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** Makes a `switch` over a union fail to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
