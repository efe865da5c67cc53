import { readFileSync } from 'node:fs';
import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { apiBase, apiPath } from '../api-path.js';
import { problems, slugOf } from '../problems/catalogue.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { notThere } from '../problems/problem.js';
import { Asked } from '../requests/asked.js';
import { NoParameters, ProblemRequest } from '../requests/problem.requests.js';
import { openApiDocument } from './document.js';

const manifest = new URL('../../../../package.json', import.meta.url);

/** What the native API says about itself. */
@Controller(apiPath)
export class OpenApiController {
  readonly #version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;

  @Get('openapi.json')
  document(@Asked(NoParameters) _asked: NoParameters, @Req() { url }: FastifyRequest) {
    return openApiDocument(baseOf(url), this.#version);
  }

  @Get('problems')
  problems(@Asked(NoParameters) _asked: NoParameters, @Req() { url }: FastifyRequest) {
    return { items: codes.map((code) => problemType(code, url)) };
  }

  @Get('problems/:problem')
  problem(@Asked(ProblemRequest) { problem }: ProblemRequest, @Req() { url }: FastifyRequest) {
    const code = codes.find((candidate) => slugOf(candidate) === problem);
    if (code === undefined)
      throw notThere(`There is no problem ${problem}: there are ${codes.map(slugOf).join(', ')}.`);
    return problemType(code, url);
  }
}

const codes = Object.keys(problems) as readonly ProblemCode[];

function problemType(code: ProblemCode, url: string) {
  return { type: `${baseOf(url)}/problems/${slugOf(code)}`, code, ...problems[code] };
}

function baseOf(url: string): string {
  return apiBase(url) ?? `/${apiPath}`;
}
