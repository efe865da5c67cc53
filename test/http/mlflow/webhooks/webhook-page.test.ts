import { describe, expect, it } from '@jest/globals';
import type { WebhookView } from '../../../../src/application/queries/subscribers/subscriber-views.js';
import { everyNotice } from '../../../../src/domain/notices/notice-filter.js';
import { nextPageToken } from '../../../../src/http/mlflow/search/page-token.js';
import { allWebhooks, webhookPage } from '../../../../src/http/mlflow/webhooks/webhook-page.js';
import { refusal } from '../refusal.js';
import { searchModels } from '../search/searching.js';

function webhook(id: string, createdAt: number): WebhookView {
  return {
    id,
    name: id,
    description: null,
    url: 'https://example.com',
    format: 'mlflow',
    filter: everyNotice,
    status: 'active',
    disabled: null,
    secrets: [],
    after: 0,
    createdAt,
    updatedAt: createdAt,
    revision: 0,
  };
}

const all = [webhook('e', 4), webhook('d', 3), webhook('c', 3), webhook('b', 2), webhook('a', 1)];

function page(webhooks: readonly WebhookView[], max_results: number, page_token = '') {
  const found = webhookPage(webhooks, { max_results, page_token });
  return { ids: found.items.map(({ id }) => id), token: nextPageToken(allWebhooks, found).next_page_token };
}

describe('A page of webhooks', () => {
  it('is followed by the next one, until all are told', () => {
    const first = page(all, 2);
    const second = page(all, 2, first.token);
    const third = page(all, 2, second.token);
    expect([first.ids, second.ids, third.ids]).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.token).toBeUndefined();
  });

  it('is not followed by an empty one', () => expect(page(all, 5).token).toBeUndefined());

  it('goes on behind where it ended, whatever was created meanwhile', () => {
    const { token } = page(all, 2);
    expect(page([webhook('f', 9), ...all], 2, token).ids).toEqual(['c', 'b']);
  });

  it('hides nothing when the last one of the page before was deleted', () => {
    const { token } = page(all, 2);
    expect(
      page(
        all.filter(({ id }) => id !== 'd'),
        2,
        token,
      ).ids,
    ).toEqual(['c', 'b']);
  });

  it('has a hundred unless something else is asked for', () => {
    const many = Array.from({ length: 150 }, (_, index) => webhook(String(index), 150 - index));
    expect(page(many, 0).ids).toHaveLength(100);
    expect(page(many, 1_000).ids).toHaveLength(150);
  });

  it.each([-1, 1_001])('has not %d', (size) =>
    expect(refusal(() => page(all, size))).toBe('max_results must be between 1 and 1000.'),
  );

  it.each([
    ['xx', 'Invalid page token, could not base64-decode'],
    [
      btoa('{"offset": 1}'),
      'Invalid page token, offsets are not supported: start again without a page token',
    ],
  ])('does not go on at %s', (token, words) => expect(refusal(() => page(all, 1, token))).toBe(words));

  it('does not go on where a search for models ended', () => {
    const token = nextPageToken(searchModels(), { items: [], end: ['d', 3] }).next_page_token;
    expect(refusal(() => page(all, 1, token))).toMatch(
      /^Invalid page token, it does not belong to this search/,
    );
  });
});
