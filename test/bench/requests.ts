/** Requests as bytes, ready to be sent. */

const host = 'host: 127.0.0.1\r\nuser-agent: benchmark\r\naccept: */*';

/** Stands in a request for a number that no other request of the run has. */
export const ownNumber = '0'.repeat(12);

export function get(path: string, query: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.from(`GET ${path}?${new URLSearchParams(query).toString()} HTTP/1.1\r\n${host}\r\n\r\n`);
}

export function post(path: string, body: object): Uint8Array {
  const json = JSON.stringify(body);
  const type = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}`;
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${host}\r\n${type}\r\n\r\n${json}`);
}

/** So many requests, each made by its number. */
export function prebuilt(count: number, request: (index: number) => Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => request(index));
}
