import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadModels } from '../../application/ports/read-models.js';
import { LogStatus } from './log-status.js';

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly log: LogStatus,
    private readonly readModels: ReadModels,
  ) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /**
   * 200 when requests can be served; 503 while the read models are built, when one of them cannot go on, and while the
   * log cannot be reached.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { head, failure: logFailure } = await this.log.state();
    const projections = this.readModels.status().map(({ name, position, hasCaughtUp, failure }) => ({
      name,
      position,
      lag: Math.max(0, head - position),
      caught_up: hasCaughtUp,
      ...(failure ? { failure: failure.message } : {}),
    }));
    const ready = !logFailure && projections.every(({ caught_up, failure }) => caught_up && !failure);
    if (!ready) reply.status(503);
    return {
      status: ready ? 'ready' : 'not ready',
      head,
      ...(logFailure ? { log_failure: logFailure.message } : {}),
      projections,
    };
  }
}
