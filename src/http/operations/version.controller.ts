import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';

const manifest = new URL('../../../package.json', import.meta.url);

/** Which version runs, as plain text, where MLflow's server tells its own. */
@Controller('version')
export class VersionController {
  readonly #version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;

  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  version(): string {
    return this.#version;
  }
}
