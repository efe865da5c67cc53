import { randomUUID } from 'node:crypto';
import type { Request } from '../../src/application/deciding/stream-mailbox.js';
import type { StreamKind } from '../../src/application/deciding/stream-repository.js';
import type { EventStore, NewEvent } from '../../src/application/ports/event-store.js';
import { all } from './log-events.js';

/** The smallest kind of stream there is: words that were said, and the state is all of them in order. */
export interface Said {
  readonly type: 'Said';
  readonly data: { readonly word: string };
}

export type Words = readonly string[];

export function said(word: string): Said {
  return { type: 'Said', data: { word } };
}

export const spokenWords: StreamKind<Words, Said> = {
  decider: { initialState: [], evolve: (words, { data }) => [...words, data.word] },
  decode: ({ data }) => said(String(data['word'])),
  weightOf: (words) => 1 + words.length,
  toSnapshot: (words) => ({ words }),
  fromSnapshot: ({ words }) => (Array.isArray(words) ? words.map(String) : undefined),
};

/** Says words, whatever has been said. */
export function say(...words: Words): Request<Words, Said> {
  return { decide: () => words.map(said), metadata: () => ({}) };
}

/** Says a word unless it has been said. */
export function sayOnce(word: string): Request<Words, Said> {
  return { decide: (words) => (words.includes(word) ? [] : [said(word)]), metadata: () => ({}) };
}

export class SaidBeforeError extends Error {}

/** Says a word and is refused when it has been said. */
export function sayFirst(word: string): Request<Words, Said> {
  return {
    decide: (words) => {
      if (words.includes(word)) throw new SaidBeforeError(word);
      return [said(word)];
    },
    metadata: () => ({}),
  };
}

/** Is refused as long as nobody has said the word. */
export function hear(word: string): Request<Words, Said> {
  return {
    decide: (words) => {
      if (!words.includes(word)) throw new Error(`Nobody has said ${word}`);
      return [];
    },
    metadata: () => ({}),
  };
}

/** Says words behind everybody's back, at the end of the stream. */
export async function interject(store: EventStore, stream: string, ...words: Words): Promise<void> {
  const length = (await all(store.readStream(stream))).length;
  await store.append(stream, length === 0 ? 'no-stream' : length - 1, words.map(newEvent));
}

export async function wordsIn(store: EventStore, stream: string): Promise<Words> {
  return (await all(store.readStream(stream))).map(({ data }) => String(data['word']));
}

function newEvent(word: string): NewEvent {
  return { id: randomUUID(), ...said(word), metadata: {} };
}
