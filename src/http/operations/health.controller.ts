import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStore } from '../../application/ports/event-store.js';
import { ReadModels } from '../../application/ports/read-models.js';

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
  ) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** 200 when requests can be served; 503 while the read models are built or when one of them cannot go on. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const head = await this.store.head();
    const projections = this.readModels.status().map(({ name, position, hasCaughtUp, failure }) => ({
      name,
      position,
      lag: Math.max(0, head - position),
      caught_up: hasCaughtUp,
      ...(failure ? { failure: failure.message } : {}),
    }));
    const ready = projections.every((projection) => projection.caught_up && !projection.failure);
    if (!ready) reply.status(503);
    return { status: ready ? 'ready' : 'not ready', head, projections };
  }
}
