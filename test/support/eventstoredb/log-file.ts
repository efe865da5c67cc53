import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { RecordedEvent } from './recorded-event.js';

/**
 * What outlives the process: a line of JSON for each append, written before the append is acknowledged. A line that
 * was torn by the end of the process is as if it had never been.
 */
export class LogFile {
  constructor(private readonly path: string) {}

  read(): RecordedEvent[] {
    if (!existsSync(this.path)) return [];
    const content = readFileSync(this.path, 'utf8');
    const whole = content.slice(0, content.lastIndexOf('\n') + 1);
    truncateSync(this.path, Buffer.byteLength(whole));
    return whole
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => (JSON.parse(line) as Written[]).map(unpack));
  }

  append(events: readonly RecordedEvent[]): void {
    appendFileSync(this.path, `${JSON.stringify(events.map(pack))}\n`);
  }
}

type Written = { readonly [Field in keyof RecordedEvent]: string };

function pack(event: RecordedEvent): Written {
  return {
    ...event,
    data: Buffer.from(event.data).toString('base64'),
    metadata: Buffer.from(event.metadata).toString('base64'),
    revision: String(event.revision),
    position: String(event.position),
    created: String(event.created),
  };
}

function unpack(written: Written): RecordedEvent {
  return {
    ...written,
    data: Buffer.from(written.data, 'base64'),
    metadata: Buffer.from(written.metadata, 'base64'),
    revision: BigInt(written.revision),
    position: BigInt(written.position),
    created: BigInt(written.created),
  };
}
