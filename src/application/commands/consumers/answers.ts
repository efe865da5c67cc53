import type { Consumer } from '../../../domain/consumer/consumer.js';
import type { Revision } from '../../ports/event-store.js';
import { consumerView } from '../../queries/subscribers/consumer-view.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';

/** The consumer right after a command that left it there. One that is yet to be would begin at revision 0. */
export function answerConsumer(
  name: string,
): (consumer: Consumer, revision: Revision | undefined) => ConsumerView {
  return (consumer, revision) => {
    const view = consumerView(consumer, revision ?? 0);
    if (view === undefined) throw new Error(`A command on the consumer ${name} left none`);
    return view;
  };
}
