import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { noticeTypes, typePrefix } from '../src/domain/notices/notice-type.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Names in the first column of a Markdown table, between backquotes. */
const listedIn = (path: string) =>
  new Set([...read(path).matchAll(/^\| `(\w+)` +\|/gm)].flatMap(([, name]) => name ?? []));

/** The types that a file of events declares, in order. */
const factsIn = (path: string) => {
  const [facts = ''] = /interface Facts \{[\s\S]*?\n\}/.exec(read(path)) ?? [];
  return [...facts.matchAll(/^ {2}(\w+): /gm)].flatMap(([, name]) => name ?? []);
};

/** The part of a page under a heading. */
const sectionIn = (path: string, heading: string) =>
  read(path).split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

describe('the catalogue of events', () => {
  const typesIn = (path: string) => {
    const [facts = ''] = /interface Facts \{[\s\S]*?\n\}/.exec(read(path)) ?? [];
    return [...facts.matchAll(/^ {2}(\w+): /gm)].flatMap(([, name]) => name ?? []);
  };

  it.each(['registered-model', 'webhook', 'delivery', 'dispatcher-lease'])(
    'has every type that the domain knows of a %s',
    (folder) => {
      const types = typesIn(`src/domain/${folder}/events.ts`);
      expect(types.length).toBeGreaterThan(2);
      expect([...listedIn('docs/events.md')]).toEqual(expect.arrayContaining(types));
    },
  );

  it('has the types of names', () => {
    expect([...listedIn('docs/events.md')]).toEqual(expect.arrayContaining(['NameClaimed', 'NameReleased']));
  });
});

describe('the catalogue of what subscribers are told', () => {
  it('has every type', () => {
    const told = read('docs/events.md').split('## What subscribers are told')[1] ?? '';
    const listed = [...told.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([a-z._]+)`/g)].flatMap(([, name]) => name ?? []),
    );
    const types = listed.map((name) => `${typePrefix}${name}.v1`);
    expect(types.sort()).toEqual([...noticeTypes].sort());
  });

  it('has every type of a webhook, in their order', () => {
    const section = sectionIn('docs/events.md', 'Events of a webhook');
    const listed = [...section.matchAll(/^\| `(\w+)` +\|/gm)].flatMap(([, name]) => name ?? []);
    expect(listed).toEqual(factsIn('src/domain/webhook/events.ts'));
  });
});

describe('the catalogue of errors', () => {
  it('has every code that the domain knows', () => {
    const codes = [...read('src/domain/registry-error.ts').matchAll(/^ {2}\| '(\w+)'/gm)].flatMap(
      ([, code]) => code ?? [],
    );
    expect(codes.length).toBeGreaterThan(5);
    expect([...listedIn('docs/errors.md')].sort()).toEqual(codes.sort());
  });
});

const metricNames = /\bannals_(http|log|mailbox|projection|sse|webhook|dispatcher)_\w+/g;

describe('the list of metrics', () => {
  const ownIn = (...paths: string[]) => new Set(paths.flatMap((path) => read(path).match(metricNames) ?? []));

  it('has what there is, and nothing else', () => {
    const metrics = ownIn('src/http/operations/metrics.ts', 'src/http/operations/webhook-metrics.ts');
    expect(metrics.size).toBeGreaterThan(5);
    expect(ownIn('docs/operations.md')).toEqual(metrics);
  });
});

describe('the catalogue of problems', () => {
  it('has every code that the native API knows', () => {
    const codes = [...read('src/http/native/problems/catalogue.ts').matchAll(/^ {2}([A-Z_]+): \{/gm)].flatMap(
      ([, code]) => code ?? [],
    );
    expect(codes.length).toBeGreaterThan(10);
    const listed = [...listedIn('docs/api.md')].filter((name) => name === name.toUpperCase());
    expect(listed.sort()).toEqual(codes.sort());
  });
});
