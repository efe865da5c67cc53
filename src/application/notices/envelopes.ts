import { cloudEventOf } from './cloud-event.js';
import type { CloudEvent } from './cloud-event.js';
import type { Notice } from './notice.js';

/** Puts notices into the envelopes of this registry. */
export class Envelopes {
  /** @param source which registry it is, for everybody who is told by several: a URI-reference */
  constructor(readonly source: string) {}

  of(notice: Notice): CloudEvent {
    return cloudEventOf(notice, this.source);
  }
}
