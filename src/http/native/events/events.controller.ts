import { Controller, Get, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Envelopes } from '../../../application/notices/envelopes.js';
import { NoticeFeed } from '../../../application/notices/notice-feed.js';
import { NoticeReader } from '../../../application/notices/notice-reader.js';
import { Stopping } from '../../stopping.js';
import { positionHeader } from '../answers.js';
import { apiPath } from '../api-path.js';
import { formatOf, mediaTypes } from '../formats/negotiation.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { notThere } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import { eventFormats, eventsText, pageOf } from './event-page.js';
import { eventQuery } from './event-query.js';
import { EventRequest, EventsRequest } from './event.requests.js';
import { Places } from './places.js';

const beginning = { position: 0 };

/** Events for those who fetch them and keep their place themselves. */
@Controller(`${apiPath}/events`)
export class EventsController {
  constructor(
    private readonly feed: NoticeFeed,
    private readonly notices: NoticeReader,
    private readonly envelopes: Envelopes,
    private readonly places: Places,
    private readonly points: PointsInTime,
    private readonly stopping: Stopping,
  ) {}

  @Get()
  async page(
    @Asked(EventsRequest) asked: EventsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(undefined, request.headers.accept, eventFormats);
    const after = await this.places.after(asked.after ?? beginning);
    const patience = { milliseconds: asked.wait * 1_000, signal: this.stopping.orGone(reply) };
    const pieces: string[] = [];
    let reached = after;
    for await (const page of this.feed.pieces(eventQuery(asked), { after, limit: asked.limit }, patience)) {
      if (page.notices.length > 0) pieces.push(eventsText(page.notices, format, this.envelopes));
      reached = page.reached;
    }
    const next = nextPage(request.url, reached);
    void reply.header(positionHeader, String(reached)).header('link', `<${next}>; rel="next"`);
    return new StreamableFile(pageOf(pieces, format, { position: reached, next }), {
      type: mediaTypes[format],
    });
  }

  @Get(':id')
  async event(@Asked(EventRequest) { id }: EventRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.points.resolve(undefined);
    const notice = this.notices.notice(id);
    if (notice === undefined) throw notThere('There is no event with this id.');
    void reply.type(mediaTypes.cloudEvent);
    return this.envelopes.of(notice);
  }
}

function nextPage(url: string, position: number): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('after', String(position));
  return `${path}?${parameters.toString()}`;
}
