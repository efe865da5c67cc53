import type { CloudEvent } from '../notices/cloud-event.js';

/** Headers and body of a request, before it is signed. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The structured mode of CloudEvents' HTTP binding 1.0.2 (section 3.2): everything is in the body. */
export function structuredMessage(event: CloudEvent): Message {
  return {
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    body: JSON.stringify(event),
  };
}

/** The binary mode (section 3.1): the body is the data, and headers tell the rest. */
export function binaryMessage({ data, datacontenttype, ...attributes }: CloudEvent): Message {
  const told = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, headerValue(value)]);
  return {
    headers: { 'content-type': datacontenttype, ...(Object.fromEntries(told) as Record<string, string>) },
    body: JSON.stringify(data),
  };
}

/** Space, quote, percent and what is not printable ASCII are percent-encoded in UTF-8 (section 3.1.3.2). */
function headerValue(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x7e]|["%]/gu, encoded);
}

function encoded(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => {
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
