import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { modelNotFound } from '../../domain/registered-model/errors.js';
import { modelName } from '../../domain/registered-model/names.js';
import { RegistryReader } from './registry-reader.js';
import type { RegisteredModelView } from './views.js';

/** The live model with this name. */
export class GetRegisteredModel extends Query<RegisteredModelView> {
  constructor(readonly name: string) {
    super();
  }
}

@QueryHandler(GetRegisteredModel)
export class GetRegisteredModelHandler implements IQueryHandler<GetRegisteredModel> {
  constructor(private readonly reader: RegistryReader) {}

  async execute({ name }: GetRegisteredModel): Promise<RegisteredModelView> {
    const model = this.reader.registeredModel(modelName(name));
    if (model === undefined) throw modelNotFound(name);
    return model;
  }
}
