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
   * 200 when requests can be served; 503 while a read model is built that is required, when it cannot go on, and while
   * the log cannot be reached.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { head, failure: logFailure } = await this.log.state();
    const projections = this.readModels
      .status()
      .map(({ name, required, position, hasCaughtUp, failure }) => ({
        name,
        required,
        position,
        lag: Math.max(0, head - position),
        caught_up: hasCaughtUp,
        ...(failure ? { failure: failure.message } : {}),
      }));
    const ready = !logFailure && projections.every(isFit);
    if (!ready) reply.status(503);
    return {
      status: ready ? 'ready' : 'not ready',
      head,
      ...(logFailure ? { log_failure: logFailure.message } : {}),
      projections,
    };
  }
}

function isFit(projection: { required: boolean; caught_up: boolean; failure?: string }): boolean {
  return !projection.required || (projection.caught_up && projection.failure === undefined);
}
