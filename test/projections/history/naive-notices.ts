import { noticeTypeOf, productionChanged } from '../../../src/domain/notices/notice-type.js';
import type { NoticeType } from '../../../src/domain/notices/notice-type.js';
import type { Tag } from '../../../src/domain/registered-model/events.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import { modelIdOf } from '../../../src/application/history/registered-model-codec.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { NaiveHistory, NaiveModel } from './naive-history.js';
import { pastModel, pastVersion } from './naive-history.js';

/** What is to be told, as a fold of the whole log finds it. */
export interface NaiveNotice {
  readonly id: string;
  readonly type: NoticeType;
  readonly position: number;
  readonly modelId: string;
  readonly modelName: string;
  readonly version: number | null;
  readonly occupants: { readonly Staging: readonly number[]; readonly Production: readonly number[] };
  readonly production: { readonly entered: readonly number[]; readonly left: readonly number[] } | null;
  /** Stages that were left and entered, as texts, each once. */
  readonly moves: ReadonlySet<string>;
  readonly tags: readonly Tag[];
}

export function naiveNotices(naive: NaiveHistory): readonly NaiveNotice[] {
  return naive.events.flatMap((recorded, index) => {
    const { position, stream, data, id } = recorded;
    const { event } = naive.event(position);
    const version = typeof data['version'] === 'number' ? data['version'] : null;
    const type = noticeTypeOf(event.type, version);
    if (type === undefined) return [];
    const modelId = modelIdOf(stream);
    const before = stateAt(naive, modelId, position - 1);
    const after = stateAt(naive, modelId, position);
    if (after === undefined) throw new Error(`Model ${modelId} is not there at ${position}`);
    const production = null;
    const notice: NaiveNotice = {
      id,
      type,
      position,
      modelId,
      modelName: after.contents.name,
      version,
      occupants: { Staging: inStage(after, 'Staging'), Production: inStage(after, 'Production') },
      production,
      moves: movesOf(recorded, before, after),
      tags: [
        ...pastModel(after).tags,
        ...(version === null ? [] : (pastVersion(after, version)?.tags ?? [])),
      ],
    };
    const commandOf = (one: RecordedEvent | undefined) => one && decodeMetadata(one.metadata).$causationId;
    const command = commandOf(recorded);
    if (commandOf(naive.events[index + 1]) === command) return [notice];
    const first = naive.events.find((one) => commandOf(one) === command)?.position ?? position;
    const start = stateAt(naive, modelId, first - 1);
    const [had, has] = [inStage(start, 'Production'), inStage(after, 'Production')];
    const entered = has.filter((one) => !had.includes(one));
    const left = had.filter((one) => !has.includes(one));
    if (entered.length + left.length === 0) return [notice];
    const moves = new Set([
      ...left.map((one) => `Production>${stageOf(after, one)}`),
      ...entered.map((one) => `${stageOf(start, one)}>Production`),
    ]);
    const derived = {
      id: `${id}.production`,
      type: productionChanged,
      production: { entered, left },
      moves,
    };
    return [notice, { ...notice, ...derived }];
  });
}

function stateAt(naive: NaiveHistory, modelId: string, position: number): NaiveModel | undefined {
  return naive.models(position).find(({ id }) => id === modelId);
}

function stageOf(model: NaiveModel | undefined, number: number): Stage | null {
  const version = model?.deleted === false ? model.contents.versions.get(number) : undefined;
  return version === undefined || version.deleted ? null : version.stage;
}

function inStage(model: NaiveModel | undefined, stage: Stage): readonly number[] {
  return numbersOf(model).filter((number) => stageOf(model, number) === stage);
}

function numbersOf(model: NaiveModel | undefined): readonly number[] {
  return [...(model?.contents.versions ?? [])].map(({ version }) => version);
}

/** A creation is no move; a move to the stage that a version is in already is one. */
function movesOf(
  { type, data }: RecordedEvent,
  before: NaiveModel | undefined,
  after: NaiveModel,
): ReadonlySet<string> {
  if (type === 'StageTransitioned') return new Set([`${String(data['from'])}>${String(data['to'])}`]);
  if (!/^(Model|Version)(Deleted|Restored)$/.test(type)) return new Set();
  const moved = numbersOf(after).filter((number) => stageOf(before, number) !== stageOf(after, number));
  return new Set(moved.map((number) => `${stageOf(before, number)}>${stageOf(after, number)}`));
}
