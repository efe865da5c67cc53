import { Injectable } from '@nestjs/common';
import { PastReader } from '../../../application/queries/history/past-reader.js';
import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { noModel } from '../problems/not-there.js';

/** Under which name a model is known to commands. */
@Injectable()
export class ModelNames {
  constructor(
    private readonly past: PastReader,
    private readonly points: PointsInTime,
  ) {}

  /** @throws Problem RESOURCE_DOES_NOT_EXIST when there is no live model of that id. */
  async nameOf(model: ModelReference): Promise<string> {
    if ('name' in model) return model.name;
    const asOf = await this.points.resolve(undefined);
    const found = this.past.model(model, asOf.position);
    if (found === undefined || found.deleted) throw noModel(model, asOf);
    return found.name;
  }
}
