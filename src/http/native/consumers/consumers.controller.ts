import { Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { CreateConsumer } from '../../../application/commands/consumers/create-consumer.js';
import { DeleteConsumer } from '../../../application/commands/consumers/delete-consumer.js';
import { PauseConsumer } from '../../../application/commands/consumers/pause-consumer.js';
import { ResumeConsumer } from '../../../application/commands/consumers/resume-consumer.js';
import { ConsumerLags } from '../../../application/consuming/consumer-lags.js';
import type { CommandContext } from '../../../application/deciding/command-context.js';
import { Clock } from '../../../application/ports/clock.js';
import { ConsumersReader } from '../../../application/queries/subscribers/consumers-reader.js';
import { consumerNotFound } from '../../../domain/consumer/errors.js';
import { everyNotice } from '../../../domain/notices/notice-filter.js';
import { Context } from '../../request-context.js';
import { apiPath } from '../api-path.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { Asked } from '../requests/asked.js';
import { NoParameters } from '../requests/problem.requests.js';
import { KnownSubscribers } from '../moments/known-subscribers.js';
import { consumerMessage, lagMessage } from './consumer.message.js';
import { ConsumerRequest, CreateConsumerRequest } from './consumer.requests.js';

/** Places in the events that are kept under names. */
@Controller(`${apiPath}/consumers`)
export class ConsumersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly consumers: ConsumersReader,
    private readonly lags: ConsumerLags,
    private readonly known: KnownSubscribers,
    private readonly points: PointsInTime,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Asked(NoParameters) _asked: NoParameters) {
    await this.known.present();
    return { items: this.consumers.all().map(consumerMessage) };
  }

  @Get(':name')
  async one(@Asked(ConsumerRequest) { name }: ConsumerRequest) {
    await this.known.present();
    await this.points.resolve(undefined);
    const consumer = this.consumers.consumer(name);
    if (consumer === undefined) throw consumerNotFound(name);
    const lag = await this.lags.of(consumer);
    return { consumer: consumerMessage(consumer), lag: lagMessage(lag, this.clock.now()) };
  }

  @Put(':name')
  async create(
    @Asked(CreateConsumerRequest) asked: CreateConsumerRequest,
    @Context() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.known.present();
    const { name, filter = everyNotice, startFrom } = asked;
    const description =
      asked.description === undefined || asked.description === '' ? null : asked.description;
    const made = await this.commands.execute(
      new CreateConsumer(name, { description, filter, startFrom }, context),
    );
    void reply.status(made.isNew ? 201 : 200);
    return { consumer: consumerMessage(made.consumer) };
  }

  @Post(':name/pause')
  @HttpCode(200)
  async pause(@Asked(ConsumerRequest) { name }: ConsumerRequest, @Context() context: CommandContext) {
    await this.known.present();
    return { consumer: consumerMessage(await this.commands.execute(new PauseConsumer(name, context))) };
  }

  @Post(':name/resume')
  @HttpCode(200)
  async resume(@Asked(ConsumerRequest) { name }: ConsumerRequest, @Context() context: CommandContext) {
    await this.known.present();
    return { consumer: consumerMessage(await this.commands.execute(new ResumeConsumer(name, context))) };
  }

  @Delete(':name')
  @HttpCode(204)
  async delete(@Asked(ConsumerRequest) { name }: ConsumerRequest, @Context() context: CommandContext) {
    await this.known.present();
    await this.commands.execute(new DeleteConsumer(name, context));
  }
}
