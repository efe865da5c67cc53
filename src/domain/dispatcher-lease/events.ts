interface Facts {
  /** From now on this node sends. Terms rise by one: whoever has an older one has lost it. */
  LeaseTaken: { holder: string; term: number };
  /** It still does. */
  LeaseRenewed: { term: number };
  /** It does no longer: another node may take over at once. */
  LeaseReleased: { term: number };
}

/** The wire names of the events in the stream of a lease. They never change. */
export type LeaseEventType = keyof Facts;

/** Everything that can happen to the lease by which one of several nodes does what only one may do. */
export type LeaseEvent = {
  [Type in LeaseEventType]: {
    readonly type: Type;
    readonly data: Readonly<Facts[Type]>;
  };
}[LeaseEventType];
