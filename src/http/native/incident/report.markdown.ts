import { plain, plainValue, table } from './markdown-text.js';
import type { ReportMessage } from './report.message.js';

type Entry = ReportMessage['timeline'][number];
type VersionThen = NonNullable<ReportMessage['suspect']>;

/** The report for people: the same facts, and headings for what only they can say. */
export function reportMarkdown(report: ReportMessage): string {
  const { scope } = report;
  const sections = [
    `# Incident report: ${plain(scope.model.name)}`,
    section('Scope', scopeTable(report)),
    section('What was live', liveTable(report)),
    section('Timeline', timelineTable(report.timeline)),
    section('Changes', changes(report.timeline)),
    section('Who', actorsTable(report)),
    section('Suspect and last good version', versions(report)),
    section('Exceptions', exceptions(report)),
    section('Impact', ''),
    section('Causes', ''),
    section('Actions', ''),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return text === '' ? `## ${title}` : `## ${title}\n\n${text}`;
}

function scopeTable({ scope, asOf }: ReportMessage): string {
  const { model, names, from, to, log } = scope;
  return table(
    ['', ''],
    [
      ['Model', `${plain(model.name)} (id ${model.id})`],
      ['Names', names.map(({ name, from: since }) => `${plain(name)} (from position ${since})`).join(', ')],
      ['From', from ?? 'the beginning of the log'],
      ['To', to ?? 'the end of the log'],
      ['Log', `after position ${log.after}, up to ${log.upTo}`],
      ['As of', `position ${asOf.position}, recorded ${asOf.time}`],
    ],
  );
}

function liveTable({ live }: ReportMessage): string {
  if (live.length === 0) return 'No version was in Staging or Production.';
  const rows = live.map(({ stage, version, opened, closed }) => [
    stage,
    `v${version}`,
    opened.recordedAt,
    closed?.recordedAt ?? 'still there',
    plain(opened.actor.id),
    plainValue(opened.comment),
  ]);
  return table(['Stage', 'Version', 'From (UTC)', 'To (UTC)', 'By', 'Comment'], rows);
}

function timelineTable(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'Nothing happened to the model.';
  const rows = entries.map(({ recordedAt, position, text, comment }) => [
    recordedAt,
    String(position),
    plain(text),
    plainValue(comment),
  ]);
  return table(['Recorded (UTC)', 'Position', 'What', 'Comment'], rows);
}

function changes(entries: readonly Entry[]): string {
  const rows = entries.flatMap((entry) =>
    changedFields(entry).map(([field, before, after]) => [
      String(entry.position),
      entry.version === null ? 'model' : `v${entry.version}`,
      plain(field),
      plainValue(before),
      plainValue(after),
    ]),
  );
  if (rows.length === 0) return 'Nothing was changed.';
  return table(['Position', 'Subject', 'Field', 'Before', 'After'], rows);
}

type Change = readonly [field: string, before: unknown, after: unknown];

/** Tags are called by their keys; what is empty on both sides is left out. */
function changedFields({ type, before, after }: Entry): readonly Change[] {
  if (type === 'TagSet' || type === 'TagDeleted') {
    return [[`tag ${String(after?.['key'] ?? before?.['key'])}`, before?.['value'], after?.['value']]];
  }
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map((field): Change => [field, before?.[field], after?.[field]])
    .filter(([, ...sides]) => sides.some((side) => plainValue(side) !== '–'));
}

function actorsTable({ actors }: ReportMessage): string {
  if (actors.length === 0) return 'Nobody did anything.';
  const rows = actors.map(({ id, type, authentication, entries }) => [
    plain(id),
    type,
    authentication,
    String(entries),
  ]);
  return table(['Actor', 'Type', 'Authentication', 'Changes'], rows);
}

function versions({ suspect, lastGood, difference }: ReportMessage): string {
  if (suspect === null) return 'No version was in Production.';
  const parts = [
    `The suspect is v${suspect.version.version}: ${reached(suspect)}`,
    lastGood
      ? `The last good version is v${lastGood.version.version}: ${reached(lastGood)}`
      : 'No version was in Production before it.',
  ];
  const sides = lastGood ? [lastGood, suspect] : [suspect];
  const fields = [
    'description',
    'source',
    'storageLocation',
    'runId',
    'runLink',
    'loggedModelId',
    'status',
    'createdAt',
  ] as const;
  const head = ['', ...sides.map(({ version, asOf }) => `v${version.version} as of position ${asOf}`)];
  const rows = fields.map((field) => [field, ...sides.map(({ version }) => plainValue(version[field]))]);
  const keys = [...new Set(sides.flatMap(({ version }) => version.tags.map(({ key }) => key)))].sort();
  const tags = keys.map((key) => [
    `tag ${plain(key)}`,
    ...sides.map(({ version }) => plainValue(version.tags.find((tag) => tag.key === key)?.value)),
  ]);
  const aliases = ['aliases', ...sides.map(({ version }) => plainValue(version.aliases.join(', ')))];
  parts.push(table(head, [...rows, ...tags, aliases]));
  if (difference && !difference.changed) parts.push('Nothing differs between the two.');
  return parts.join('\n\n');
}

function reached({ inProduction }: VersionThen): string {
  if (inProduction === null) return 'it was never in Production.';
  const { opened } = inProduction;
  return `moved to Production at ${opened.recordedAt} by ${plain(opened.actor.id)} (position ${opened.position}).`;
}

function exceptions({ exceptions: { refused, editsAfterProduction } }: ReportMessage): string {
  return [
    '### Refused commands',
    refused.length === 0 ? 'None.' : timelineTable(refused),
    '### Edits after Production',
    editsAfterProduction.length === 0 ? 'None.' : timelineTable(editsAfterProduction),
  ].join('\n\n');
}
