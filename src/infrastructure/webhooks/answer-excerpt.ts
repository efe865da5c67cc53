import type { IncomingMessage } from 'node:http';

const mostCharacters = 4_096;

/**
 * How the body of an answer begins, read as UTF-8; null without one. When there is more, the connection is dropped
 * rather than read to its end. A body that breaks off, or takes too long, is as long as what has come of it: the answer
 * was given with its status.
 */
export async function readExcerpt(answer: IncomingMessage): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of answer) {
      text += decoder.decode(chunk as Buffer, { stream: true });
      if (text.length > mostCharacters) break;
    }
  } catch {
    answer.destroy();
  }
  text = text.slice(0, mostCharacters).replace(/[\uD800-\uDBFF]$/, '');
  return text === '' ? null : text;
}
