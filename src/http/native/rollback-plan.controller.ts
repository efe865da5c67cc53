import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { everything } from '../../application/queries/everything.js';
import { PastReader } from '../../application/queries/history/past-reader.js';
import type { Occupancy } from '../../application/queries/history/past-views.js';
import { sayAsOf } from './answers.js';
import { apiPath } from './api-path.js';
import { asOfMessage, modelMessage, occupancyMessage } from './messages/history.messages.js';
import { PointsInTime } from './moments/points-in-time.js';
import { noModel } from './problems/not-there.js';
import { Asked } from './requests/asked.js';
import { RollbackPlanRequest } from './requests/models.requests.js';

/** Where a rollback would go: who was in a stage before those who are in it. */
@Controller(`${apiPath}/models/:model/rollback-plan`)
export class RollbackPlanController {
  constructor(
    private readonly past: PastReader,
    private readonly points: PointsInTime,
  ) {}

  @Get()
  async plan(
    @Asked(RollbackPlanRequest) { model, stage, limit, asOf: said }: RollbackPlanRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const found = this.past.model(model, asOf.position);
    const former = this.past.formerOccupants(model, stage, asOf.position, limit);
    if (found === undefined || former === undefined) throw noModel(model, asOf);
    const of = { model: { id: found.id }, stages: [stage] };
    const present = everything((page) => this.past.stages(asOf.position, { ...page, ...of }));
    const target = former.find(({ live }) => live);
    sayAsOf(reply, asOf);
    return {
      model: modelMessage(found),
      stage,
      present: present.map(occupancyMessage),
      target: target ? occupancyMessage(target) : null,
      archives: target ? archivedBy(target, present) : [],
      former: former.map((occupancy) => ({ ...occupancyMessage(occupancy), live: occupancy.live })),
      asOf: asOfMessage(asOf),
    };
  }
}

function archivedBy(target: Occupancy, present: readonly Occupancy[]): readonly number[] {
  return present.map(({ version }) => version).filter((version) => version !== target.version);
}
