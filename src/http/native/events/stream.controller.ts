import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiPath } from '../api-path.js';
import { mediaTypes } from '../formats/negotiation.js';
import { invalidParameter } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import type { SaidMoment } from '../requests/moment.js';
import { eventQuery } from './event-query.js';
import { lastEventIdHeader, StreamRequest } from './event.requests.js';
import { EventStreams } from './event-streams.js';
import { Places } from './places.js';

const retryMilliseconds = 2_000;

/** Nothing between may keep the stream back; what is cut off is gone. */
const streamHeaders = [
  ['content-type', mediaTypes.stream],
  ['cache-control', 'no-cache, no-transform'],
  ['x-accel-buffering', 'no'],
  ['connection', 'close'],
] as const;

/** Events as they are recorded (server-sent events, WHATWG HTML §9.2). */
@Controller(`${apiPath}/events`)
export class StreamController {
  constructor(
    private readonly places: Places,
    private readonly streams: EventStreams,
  ) {}

  /** What is wrong is answered before the stream begins; from then on Fastify has nothing to do with the answer. */
  @Get('stream')
  async stream(
    @Asked(StreamRequest) asked: StreamRequest,
    @Req() { headers, method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = lastEventId(headers['last-event-id']);
    const after = last
      ? await this.places.after(last, lastEventIdHeader)
      : await this.places.after(asked.after);
    const wanted = this.streams.wanted(eventQuery(asked));
    const { raw } = reply.hijack();
    const given = Object.entries(reply.getHeaders());
    for (const [name, value] of [...given, ...streamHeaders]) {
      if (value !== undefined) raw.setHeader(name, value);
    }
    if (method === 'HEAD') return void raw.end();
    raw.write(`retry: ${retryMilliseconds}\nid: ${after}\n\n`);
    this.streams.open(raw, wanted, after);
  }
}

function lastEventId(sent: string | string[] | undefined): SaidMoment | undefined {
  if (sent === undefined || sent === '') return undefined;
  const position = Number(sent);
  if (/^\d{1,16}$/.test(String(sent)) && Number.isSafeInteger(position)) return { position };
  throw invalidParameter(
    lastEventIdHeader,
    `${lastEventIdHeader} has to be the id of an event of this stream, which is a position of the log.`,
    'header',
  );
}
