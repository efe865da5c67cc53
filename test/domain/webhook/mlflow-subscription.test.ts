import { describe, expect, it } from '@jest/globals';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { noticeTypes, typePrefix } from '../../../src/domain/notices/notice-type.js';
import type { NoticeType } from '../../../src/domain/notices/notice-type.js';
import {
  mlflowEventOf,
  mlflowEvents,
  noticeTypeOfMlflow,
} from '../../../src/domain/webhook/mlflow-events.js';
import { canBeTold, filterOf, mlflowEventsOf } from '../../../src/domain/webhook/mlflow-subscription.js';

const yes = () => true;
const no = () => false;
const type = (short: string) => `${typePrefix}${short}.v1` as NoticeType;
const webhook = { format: 'mlflow', filter: everyNotice } as const;

describe('What MLflow knows', () => {
  it('is told in one type of notice each, except what its gateway alone can tell', () => {
    const never = mlflowEvents.filter((event) => noticeTypeOfMlflow(event) === undefined);
    expect(never).toEqual(['budget_policy.exceeded']);
  });

  it('is made of notices that have that type', () => {
    const made = noticeTypes.flatMap((noticeType) => {
      const events = [mlflowEventOf(noticeType, no), mlflowEventOf(noticeType, yes)];
      return events.filter((event) => event !== undefined).map((event) => [event, noticeType] as const);
    });
    const known = mlflowEvents.slice(0, -1).map((event) => [event, noticeTypeOfMlflow(event)] as const);
    expect(new Map(made)).toEqual(new Map(known));
  });

  it('does not depend on prompts for what it does not know', () => {
    const isPrompt = () => {
      throw new Error('asked');
    };
    expect(mlflowEventOf(type('version.stage_transitioned'), isPrompt)).toBeUndefined();
  });
});

describe("A webhook of MLflow's format", () => {
  it('is told everything that can happen if it names nothing', () =>
    expect(mlflowEventsOf(webhook)).toEqual(mlflowEvents.slice(0, -1)));

  it('is told what it names, in its order', () => {
    const named = ['prompt.created', 'budget_policy.exceeded', 'model_version.created'] as const;
    expect(mlflowEventsOf({ ...webhook, filter: filterOf(named), mlflowEvents: named })).toEqual(named);
  });

  it('is told what its filter lets through', () => {
    const filter = { ...everyNotice, types: [type('model.registered'), type('version.stage_transitioned')] };
    expect(mlflowEventsOf({ ...webhook, filter })).toEqual(['registered_model.created', 'prompt.created']);
  });

  it('tells prompts from models', () => {
    const named = ['prompt_tag.set', 'model_version_tag.set'] as const;
    const settings = { ...webhook, filter: filterOf(named), mlflowEvents: named };
    expect(canBeTold(settings, type('version.tag_set'), no)).toBe(true);
    expect(canBeTold(settings, type('version.tag_set'), yes)).toBe(false);
    expect(canBeTold(settings, type('model.tag_set'), yes)).toBe(true);
    expect(canBeTold(settings, type('model.tag_set'), no)).toBe(false);
  });

  it('is never told what MLflow does not know', () =>
    expect(canBeTold(webhook, type('production.changed'), no)).toBe(false));

  it('wants no notice at all if it names what never happens here alone', () =>
    expect(filterOf(['budget_policy.exceeded']).types).toEqual([]));
});

describe('A webhook of another format', () => {
  const other = { ...webhook, format: 'cloudevents' } as const;

  it('is told everything', () => expect(canBeTold(other, type('production.changed'), no)).toBe(true));

  it('is told no event of MLflow', () => expect(mlflowEventsOf(other)).toEqual([]));
});
