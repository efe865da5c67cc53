import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { PositionWindow } from '../../../src/application/queries/history/moments.js';
import { composeReport } from '../../../src/application/queries/incident-report/compose-report.js';
import { reportMarkdown } from '../../../src/http/native/incident/report.markdown.js';
import { reportMessage } from '../../../src/http/native/incident/report.message.js';
import { historyAfter } from '../../projections/history/history-spec.js';
import { ExampleIncident } from '../../support/native/example-incident.js';

const example = (format: string) =>
  new URL(`../../../docs/examples/incident-report.${format}`, import.meta.url);
const history = historyAfter(new ExampleIncident().events);

function report(from: string, to: string, window?: PositionWindow) {
  const times = { from: Date.parse(from), to: Date.parse(to) };
  const composed = composeReport(history, {
    model: { name: 'fraud' },
    ...times,
    window: window ?? history.moments.between(times.from, times.to),
  });
  if (composed === undefined) throw new Error('There is no such model');
  return reportMessage(composed);
}

const day = () => report('2026-03-18T00:00:00Z', '2026-03-19T00:00:00Z');

describe('the report of the example incident', () => {
  const json = `${JSON.stringify(day(), null, 2)}\n`;
  const markdown = reportMarkdown(day());

  // To make them anew: ANNALS_UPDATE_EXAMPLES=1 npm test -- test/http/native/incident-report
  if (process.env['ANNALS_UPDATE_EXAMPLES'] === '1') {
    writeFileSync(example('json'), json);
    writeFileSync(example('md'), markdown);
  }

  it('is the one in docs/examples, byte for byte', () => {
    expect(json).toBe(readFileSync(example('json'), 'utf8'));
    expect(markdown).toBe(readFileSync(example('md'), 'utf8'));
  });

  it('suspects what came to Production for the first time, and not what was rolled back to', () => {
    const { suspect, lastGood, difference } = day();
    expect([suspect?.version.version, lastGood?.version.version]).toEqual([7, 6]);
    expect(difference?.tags).toContainEqual({ field: 'auc', left: '0.91', right: '0.97', changed: true });
  });

  it('shows the suspect as it was when it reached Production', () => {
    expect(day().suspect?.version).toMatchObject({ stage: 'Production', description: '' });
  });

  it('shows the last good version as it was there last', () => {
    expect(day().lastGood).toMatchObject({ asOf: 11, version: { stage: 'Production' } });
  });

  it('names what was refused and what was edited after Production', () => {
    const { refused, editsAfterProduction } = day().exceptions;
    expect(refused).toMatchObject([{ actor: { id: 'ben' }, refusal: { code: 'PRECONDITION_FAILED' } }]);
    expect(editsAfterProduction.map(({ type }) => type)).toEqual(['VersionDescribed', 'TagSet']);
  });

  it('has nothing of what came after the window', () => {
    expect(JSON.stringify(day())).not.toContain('2026-03-19T08');
  });
});

describe('the report of a quiet window', () => {
  it('suspects what was there at its end', () => {
    const quiet = report('2026-03-12T00:00:00Z', '2026-03-13T00:00:00Z');
    expect(quiet.timeline).toEqual([]);
    expect(quiet.suspect?.version.version).toBe(6);
    expect(quiet.lastGood).toBeNull();
    expect(reportMarkdown(quiet)).toContain('Nothing happened to the model.');
  });

  it('suspects nothing before anything was in Production', () => {
    const early = report('2026-03-02T00:00:00Z', '2026-03-05T00:00:00Z');
    expect([early.suspect, early.lastGood, early.difference]).toEqual([null, null, null]);
    expect(reportMarkdown(early)).toContain('No version was in Production.');
  });
});

describe('the Markdown of a report', () => {
  it('keeps what people write from being markup', () => {
    const written = day();
    const [entry] = written.timeline;
    if (!entry) throw new Error('There is no entry');
    const text = reportMarkdown({
      ...written,
      timeline: [{ ...entry, comment: '| # <script>alert(1)</script>\n[x](http://evil)' }],
    });
    expect(text).toContain('\\| \\# \\<script\\>alert\\(1\\)\\</script\\> \\[x\\]\\(http://evil\\)');
  });
});
