import { expect, it } from '@jest/globals';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import { LogClosedError } from '../../../src/application/ports/event-store.js';
import { all, counted, iterator, ownPrefix, whenCaughtUp } from '../../support/log-events.js';

export function closingContract(store: () => EventStore): void {
  it('finishes the appends that have been accepted', async () => {
    const appending = store().append(`${ownPrefix()}iris`, 'no-stream', [counted(1)]);
    await store().close();

    await expect(appending).resolves.toMatchObject({ revision: 0 });
  });

  it('refuses further appends', async () => {
    await store().close();

    await expect(store().append(`${ownPrefix()}iris`, 'no-stream', [counted(1)])).rejects.toThrow(
      LogClosedError,
    );
  });

  it('refuses further readings and subscriptions', async () => {
    await store().close();

    await expect(all(store().readStream('any'))).rejects.toThrow(LogClosedError);
    await expect(all(store().readAll())).rejects.toThrow(LogClosedError);
    await expect(store().head()).rejects.toThrow(LogClosedError);
    const subscribing = async () =>
      all(store().subscribe({ after: 0, signal: new AbortController().signal }));
    await expect(subscribing()).rejects.toThrow(LogClosedError);
  });

  it('ends the subscriptions, those that wait and those that are being read', async () => {
    const { signal } = new AbortController();
    const waiting = iterator(store().subscribe({ after: await store().head(), signal }));
    let message = await waiting.next();
    while (!message.done && !whenCaughtUp(message.value)) {
      message = await waiting.next();
    }
    const busy = iterator(store().subscribe({ after: 0, signal }));
    await busy.next();
    const next = waiting.next();
    await store().close();

    await expect(next).resolves.toMatchObject({ done: true });
    await expect(busy.next()).resolves.toMatchObject({ done: true });
  });

  it('may be asked for twice', async () => {
    await store().close();

    await expect(store().close()).resolves.toBeUndefined();
  });
}
