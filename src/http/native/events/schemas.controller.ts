import { readFileSync } from 'node:fs';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noticeTypes } from '../../../domain/notices/notice-type.js';
import { apiBase, apiPath } from '../api-path.js';
import { mediaTypes } from '../formats/negotiation.js';
import { notThere } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import { NoParameters } from '../requests/problem.requests.js';
import { asyncApiDocument } from './asyncapi.js';
import { told } from './event-data.schema.js';
import { eventSchema } from './event-schema.js';
import { SchemaRequest } from './event.requests.js';

const manifest = new URL('../../../../package.json', import.meta.url);

/** What events look like. */
@Controller(apiPath)
export class SchemasController {
  readonly #version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;

  @Get('schemas')
  schemas(@Asked(NoParameters) _asked: NoParameters, @Req() { url }: FastifyRequest) {
    return {
      items: noticeTypes.map((type) => ({
        type,
        schema: `${baseOf(url)}/schemas/${type}`,
        description: told(type).description,
      })),
    };
  }

  @Get('schemas/:type')
  schema(@Asked(SchemaRequest) asked: SchemaRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const type = noticeTypes.find((candidate) => candidate === asked.type);
    if (type === undefined)
      throw notThere(`There is no type ${asked.type}: there are ${noticeTypes.join(', ')}.`);
    void reply.type(mediaTypes.schema);
    return eventSchema(type);
  }

  @Get('asyncapi.json')
  document(@Asked(NoParameters) _asked: NoParameters, @Req() { url }: FastifyRequest) {
    return asyncApiDocument(baseOf(url), this.#version);
  }
}

function baseOf(url: string): string {
  return apiBase(url) ?? `/${apiPath}`;
}
