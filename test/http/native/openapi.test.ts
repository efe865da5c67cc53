import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { apiPath } from '../../../src/http/native/api-path.js';
import { nativeControllers } from '../../../src/http/native/native-api.js';
import { openApiDocument } from '../../../src/http/native/openapi/document.js';
import { operations } from '../../../src/http/native/openapi/operations.js';

/** Every route that the controllers have, as the document writes them. */
function routes(): readonly string[] {
  return nativeControllers.flatMap((controller) => {
    const base = String(Reflect.getMetadata('path', controller)).slice(apiPath.length);
    const names = Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');
    return names.flatMap((name) => {
      const handler = Object.getOwnPropertyDescriptor(controller.prototype, name)?.value as
        object | undefined;
      const path: unknown = handler && Reflect.getMetadata('path', handler);
      if (!handler || typeof path !== 'string') return [];
      const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
      const full = `/${[base, path]
        .flatMap((part) => part.split('/'))
        .filter(Boolean)
        .join('/')}`;
      return [`${method.toLowerCase()} ${full.replace(/:(\w+)/g, '{$1}')}`];
    });
  });
}

interface Parameters {
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
}

describe('the OpenAPI document', () => {
  it('has every route and no other', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...routes()].sort());
  });

  it('has every part of a path as a parameter', () => {
    const document = openApiDocument('/api/v1', '0');
    for (const { method, path } of operations) {
      const operation = document.paths[path]?.[method] as Parameters | undefined;
      const inPath = operation?.parameters.filter((parameter) => parameter.in === 'path');
      const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(inPath?.map(({ name }) => name))).toEqual(new Set(inTemplate));
    }
  });

  it('has the header by which a stream goes on', () => {
    const stream = openApiDocument('/api/v1', '0').paths['/events/stream']?.['get'] as Parameters | undefined;
    expect(stream?.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Last-Event-ID' }),
    );
  });

  it('has nothing that its linter finds fault with', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        'no-ambiguous-paths': 'off', // Paths without parameters come first, as the server has it.
        'no-server-example.com': 'off',
        'operation-4xx-response': 'error',
        'no-unused-components': 'error',
      },
    });
    const source = JSON.stringify(openApiDocument('/api/v1', '0'));
    const faults = await lintFromString({ source, absoluteRef: 'openapi.json', config });
    expect(faults.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });
});
