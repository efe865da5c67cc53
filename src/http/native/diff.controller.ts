import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { differenceOf } from '../../application/queries/history/difference.js';
import { PastReader } from '../../application/queries/history/past-reader.js';
import { sayAsOf } from './answers.js';
import { apiPath } from './api-path.js';
import { asOfMessage, differenceMessage, versionMessage } from './messages/history.messages.js';
import type { AsOf } from './moments/as-of.js';
import { PointsInTime } from './moments/points-in-time.js';
import { noVersion } from './problems/not-there.js';
import { Asked } from './requests/asked.js';
import { DiffRequest } from './requests/diff.request.js';
import type { Side } from './requests/moment.js';

/** Two versions side by side, or one at two times. */
@Controller(`${apiPath}/diff`)
export class DiffController {
  constructor(
    private readonly past: PastReader,
    private readonly points: PointsInTime,
  ) {}

  @Get()
  async diff(
    @Asked(DiffRequest) { left, right, asOf: said }: DiffRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = await this.points.resolve(said);
    const before = await this.#side('left', left, asOf);
    const after = await this.#side('right', right, asOf);
    sayAsOf(reply, asOf);
    return {
      left: { version: versionMessage(before.version), asOf: asOfMessage(before.asOf) },
      right: { version: versionMessage(after.version), asOf: asOfMessage(after.asOf) },
      difference: differenceMessage(differenceOf(before.version, after.version)),
      asOf: asOfMessage(asOf),
    };
  }

  async #side(parameter: string, { model, version, at }: Side, otherwise: AsOf) {
    const asOf = at ? await this.points.resolve(at, parameter) : otherwise;
    const found = this.past.version(model, version, asOf.position);
    if (found === undefined) throw noVersion(model, version, asOf);
    return { version: found, asOf };
  }
}
