import { noticeTypes, typePrefix } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import type { Kind } from './kind.js';

const shortNames = noticeTypes.map((type) => type.slice(typePrefix.length, -'.v1'.length));

/** A type, whole or in short: `io.annals.registry.production.changed.v1`, `production.changed`. */
export function noticeType(): Kind<NoticeType> {
  return {
    schema: { type: 'string', enum: [...noticeTypes, ...shortNames] },
    valid: `one of ${shortNames.join(', ')}, or one of these with ${typePrefix} before it and .v1 behind it`,
    read: (sent) => noticeTypes.find((type, index) => type === sent || shortNames[index] === sent),
  };
}
