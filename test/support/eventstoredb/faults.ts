import type { Method } from './calls.js';
import type { Endpoint } from './refusals.js';

/** What the double does instead of what it should. */
export type Fault =
  /** Takes the call and does nothing until the faults are healed; then the call goes on, though nobody may wait. */
  | { readonly kind: 'hang' }
  /** Goes on after this time. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Cuts the connection instead of beginning. */
  | { readonly kind: 'cut' }
  /** Does what was asked, and cuts the connection instead of answering. */
  | { readonly kind: 'lose reply' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'access denied' }
  | { readonly kind: 'not leader'; readonly leader: Endpoint }
  /** Confirms a subscription, delivers this many events, and then ends it as {@link Ending} says. */
  | { readonly kind: Ending; readonly after?: number };

/**
 * How a subscription comes to nothing: it is over without an error, it fails, or it stays open and says nothing more,
 * whatever is appended.
 */
export type Ending = 'end' | 'break' | 'go quiet';

interface Rule {
  readonly methods: readonly Method[];
  readonly fault: Fault;
  left: number;
}

/** The faults that wait for their calls. */
export class Faults {
  #rules: Rule[] = [];
  #healing = Promise.withResolvers<void>();

  add(methods: readonly Method[], fault: Fault, times: number): void {
    this.#rules.push({ methods, fault, left: times });
  }

  /** The fault that a call of this method meets. Of several the oldest is used up first. */
  take(method: Method): Fault | undefined {
    const rule = this.#rules.find(({ methods, left }) => left > 0 && methods.includes(method));
    if (rule !== undefined) rule.left -= 1;
    return rule?.fault;
  }

  heal(): void {
    this.#rules = [];
    this.#healing.resolve();
    this.#healing = Promise.withResolvers();
  }

  healed(): Promise<void> {
    return this.#healing.promise;
  }
}
