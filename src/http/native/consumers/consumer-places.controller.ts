import { Controller, Get, HttpCode, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcknowledgeNotices } from '../../../application/commands/consumers/acknowledge-notices.js';
import { SeekConsumer } from '../../../application/commands/consumers/seek-consumer.js';
import { ConsumerFeed } from '../../../application/consuming/consumer-feed.js';
import type { CommandContext } from '../../../application/deciding/command-context.js';
import { Envelopes } from '../../../application/notices/envelopes.js';
import { Context } from '../../request-context.js';
import { Stopping } from '../../stopping.js';
import { positionHeader } from '../answers.js';
import { apiPath } from '../api-path.js';
import { eventFormats, eventPage } from '../events/event-page.js';
import { formatOf, mediaTypes } from '../formats/negotiation.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { Asked } from '../requests/asked.js';
import { KnownSubscribers } from '../moments/known-subscribers.js';
import { consumerMessage } from './consumer.message.js';
import { AcknowledgeRequest, ConsumerEventsRequest, SeekRequest } from './consumer.requests.js';
import { soughtPlace } from './sought-place.js';

/** What a consumer is given next, and how its place is moved. */
@Controller(`${apiPath}/consumers/:name`)
export class ConsumerPlacesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly feed: ConsumerFeed,
    private readonly envelopes: Envelopes,
    private readonly known: KnownSubscribers,
    private readonly points: PointsInTime,
    private readonly stopping: Stopping,
  ) {}

  @Get('events')
  async events(
    @Asked(ConsumerEventsRequest) { name, limit, wait }: ConsumerEventsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(undefined, request.headers.accept, eventFormats);
    await this.known.present();
    await this.points.resolve(undefined);
    const patience = { milliseconds: wait * 1_000, signal: this.stopping.orGone(reply) };
    const { notices, reached, consumer } = await this.feed.next(name, limit, patience);
    void reply.header(positionHeader, String(reached));
    const members = { position: reached, checkpoint: consumer.checkpoint, paused: consumer.paused };
    return new StreamableFile(eventPage(notices, format, members, this.envelopes), {
      type: mediaTypes[format],
    });
  }

  @Post('ack')
  @HttpCode(200)
  async acknowledge(
    @Asked(AcknowledgeRequest) { name, position, after }: AcknowledgeRequest,
    @Context() context: CommandContext,
  ) {
    await this.known.present();
    const command = new AcknowledgeNotices(name, position, after ?? null, context);
    return { consumer: consumerMessage(await this.commands.execute(command)) };
  }

  @Post('seek')
  @HttpCode(200)
  async seek(@Asked(SeekRequest) asked: SeekRequest, @Context() context: CommandContext) {
    const { place, parameter } = soughtPlace(asked);
    await this.known.present();
    const command = new SeekConsumer(asked.name, place, parameter, context);
    return { consumer: consumerMessage(await this.commands.execute(command)) };
  }
}
