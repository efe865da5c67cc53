import { productionChanged } from '../../domain/notices/notice-type.js';
import type { NoticeType } from '../../domain/notices/notice-type.js';
import type { Actor } from '../history/event-metadata.js';
import { isoTime } from '../iso-time.js';
import type { JsonObject } from '../ports/event-store.js';
import { fitted } from './fitted.js';
import { noticeData } from './notice-data.js';
import type { Notice } from './notice.js';

/**
 * A notice as subscribers get it: a CloudEvents 1.0 event in JSON format, with the extensions that the CloudEvents
 * project has documented for what it says besides. Ready for `JSON.stringify`, which gives 64 KiB at most.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: NoticeType;
  /**
   * `models/{name}` or `models/{name}/versions/{version}`, the name percent-encoded. In place of a name of more than
   * 256 characters stands `id:` and the id of the model.
   */
  readonly subject: string;
  /** When it happened. */
  readonly time: string;
  /** When it was first recorded. */
  readonly recordedtime: string;
  /**
   * The position in 16 digits, so that the texts sort as the log does. Of a change of Production, `.1` stands behind it:
   * it comes after the notice of its event and before all of the next position.
   */
  readonly sequence: string;
  /** The id of the model: what has the same is told in order. */
  readonly partitionkey: string;
  readonly correlationid: string;
  readonly causationid: string;
  /** In the words of the extension `authcontext`. */
  readonly authtype: Actor['type'];
  /** Who did it; left out when nobody said. */
  readonly authid?: string;
  readonly datacontenttype: 'application/json';
  /** A name and not an address, because CloudEvents wants an absolute one and the service does not know its own. */
  readonly dataschema: string;
  readonly data: JsonObject;
}

/** Before a type: what its JSON Schema is called. */
export const schemaName = 'urn:annals:schema:';

const longestName = 256;
const positionDigits = 16;

/**
 * The envelope of a notice: the same bytes for the same notice, whenever and wherever it is made.
 *
 * @param source which registry it is of, a URI-reference
 */
export function cloudEventOf(notice: Notice, source: string): CloudEvent {
  const { type, entry } = notice;
  const { actor } = entry;
  return {
    specversion: '1.0',
    id: notice.id,
    source,
    type,
    subject: subjectOf(notice),
    time: isoTime(entry.happenedAt),
    recordedtime: isoTime(entry.recordedAt),
    sequence: sequenceOf(notice),
    partitionkey: notice.modelId,
    correlationid: entry.correlationId,
    causationid: entry.causationId,
    authtype: actor.type,
    ...(actor.type === 'unauthenticated' ? {} : { authid: actor.id }),
    datacontenttype: 'application/json',
    dataschema: `${schemaName}${type}#/properties/data`,
    data: fitted(noticeData(notice)),
  };
}

function subjectOf({ modelId, modelName, version }: Notice): string {
  const model =
    modelName.length > longestName ? `id:${modelId}` : encodeURIComponent(modelName.toWellFormed());
  return version === null ? `models/${model}` : `models/${model}/versions/${version}`;
}

function sequenceOf({ type, position }: Notice): string {
  const digits = String(position).padStart(positionDigits, '0');
  return type === productionChanged ? `${digits}.1` : digits;
}
