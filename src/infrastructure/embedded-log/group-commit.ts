/** Stores all of the works at once and answers, in their order, what came of each. Throws when it stored none. */
export type Commit<Work, Result> = (works: readonly Work[]) => readonly (Result | Error)[];

interface Settlement<Result> {
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/**
 * A queue whose works are committed together: whatever is queued in one turn of the event loop shares one commit, and
 * is answered after it.
 */
export class GroupCommit<Work, Result> {
  readonly #commit: Commit<Work, Result>;
  #works: Work[] = [];
  #settlements: Settlement<Result>[] = [];
  #flush: NodeJS.Immediate | undefined;

  constructor(commit: Commit<Work, Result>) {
    this.#commit = commit;
  }

  add(work: Work): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#works.push(work);
      this.#settlements.push({ resolve, reject });
      // Immediates run after the input of this turn has been read, so all that it asks for goes into one commit.
      this.#flush ??= setImmediate(() => this.flush());
    });
  }

  /** Commits now what is queued. */
  flush(): void {
    clearImmediate(this.#flush);
    this.#flush = undefined;
    const works = this.#works;
    const settlements = this.#settlements;
    if (works.length === 0) {
      return;
    }
    this.#works = [];
    this.#settlements = [];
    try {
      const outcomes = this.#commit(works);
      settlements.forEach((settlement, index) => settle(settlement, outcomes[index]));
    } catch (error) {
      settlements.forEach((settlement) => settlement.reject(error));
    }
  }
}

function settle<Result>(settlement: Settlement<Result>, outcome: Result | Error | undefined): void {
  if (outcome === undefined || outcome instanceof Error) {
    settlement.reject(outcome);
  } else {
    settlement.resolve(outcome);
  }
}
