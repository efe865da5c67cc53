import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

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
  it('has every type that the domain knows', () => {
    const [facts = ''] =
      /interface Facts \{[\s\S]*?\n\}/.exec(read('src/domain/registered-model/events.ts')) ?? [];
    const types = [...facts.matchAll(/^ {2}(\w+): /gm)].flatMap(([, name]) => name ?? []);
    expect(types.length).toBeGreaterThan(10);
    expect([...listedIn('docs/events.md')]).toEqual(
      expect.arrayContaining([...types, 'NameClaimed', 'NameReleased']),
    );
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

describe('the list of metrics', () => {
  const ownIn = (path: string) => new Set(read(path).match(/\bannals_(http|log|mailbox|projection)_\w+/g));

  it('has what there is, and nothing else', () => {
    const metrics = ownIn('src/http/operations/metrics.ts');
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
    expect([...listedIn('docs/api.md')].sort()).toEqual(codes.sort());
  });
});
