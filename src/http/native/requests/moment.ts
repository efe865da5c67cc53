import type { Position } from '../../../application/ports/event-store.js';
import { readVersion, readModel } from './model-reference.js';
import type { Subject } from './model-reference.js';
import type { Kind } from './kind.js';

/** A time in milliseconds since the epoch, or a position of the log. */
export type SaidMoment = { readonly time: number } | { readonly position: Position };

const examples = '2026-03-04T10:15:00Z';

/** An ISO 8601 date and time with a zone. */
export function instant(): Kind<number> {
  return {
    schema: { type: 'string', format: 'date-time' },
    valid: `an ISO 8601 time with its zone, such as ${examples} or 2026-03-04T11:15:00+01:00`,
    read: readTime,
  };
}

/** A time, or `position:` and a position of the log. */
export function moment(): Kind<SaidMoment> {
  return {
    schema: {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'string', pattern: '^position:[0-9]{1,16}$' },
      ],
    },
    valid: `an ISO 8601 time with its zone, such as ${examples}, or a position of the log, such as position:1234`,
    read: readMoment,
  };
}

/** A length of time in milliseconds: `90s`, `30m`, `24h`, `7d`. */
export function duration(): Kind<number> {
  return {
    schema: { type: 'string', pattern: '^[1-9][0-9]{0,8}[smhd]$' },
    valid: 'a length of time: a whole number and s, m, h or d, such as 24h',
    read: (sent) => {
      const [, count, unit = ''] = /^([1-9]\d{0,8})([smhd])$/.exec(String(sent)) ?? [];
      return count === undefined ? undefined : Number(count) * (units[unit] ?? 0);
    },
  };
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** One side of a comparison: a version, and when. */
export interface Side extends Required<Subject> {
  readonly at?: SaidMoment;
}

/** `fraud/6`, `fraud/6@2026-03-04T10:15:00Z`, `id:…/6@position:1234`. Nothing needs escaping but for the URL. */
export function side(): Kind<Side> {
  return {
    schema: { type: 'string', minLength: 3 },
    valid: `a model, a slash, the number of a version and, if wanted, @ and when: fraud/6@${examples}`,
    read: (sent) => {
      const [, name, number, when] = /^([^/]+)\/(\d+)(?:@(.+))?$/su.exec(String(sent)) ?? [];
      const [model, version] = [readModel(name), readVersion(number)];
      const at = when === undefined ? undefined : readMoment(when);
      if (!model || version === undefined || (when !== undefined && !at)) return undefined;
      return { model, version, ...(at ? { at } : {}) };
    },
  };
}

function readMoment(sent: unknown): SaidMoment | undefined {
  const [, digits] = /^position:(\d{1,16})$/.exec(String(sent)) ?? [];
  if (digits !== undefined) {
    return Number.isSafeInteger(Number(digits)) ? { position: Number(digits) } : undefined;
  }
  const time = readTime(sent);
  return time === undefined ? undefined : { time };
}

/** In a query, `+` means a space: what was meant by one before the offset is plain. */
const timeText =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([+\- ])(\d\d):?(\d\d))$/;

function readTime(sent: unknown): number | undefined {
  const match = timeText.exec(String(sent));
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const [offsetHours, offsetMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, milliseconds);
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  if (!isReal || hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) {
    return undefined;
  }
  const offset = (offsetHours * 60 + offsetMinutes) * units['m']!;
  return local.getTime() - (match[9] === '-' ? -offset : offset);
}
