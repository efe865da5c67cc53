import { describe, expect, it } from '@jest/globals';
import { refusal } from '../refusal.js';
import { searchModels, searchVersions } from './searching.js';

describe('The size of a page', () => {
  it('is what the client wants', () => {
    expect(searchModels({ max_results: 7 }).limit).toBe(7);
    expect(searchVersions({ max_results: 200_000 }).limit).toBe(200_000);
  });

  it.each([0, -1, 1.5, Number.NaN])('cannot be %d', (max_results) => {
    const message = `Invalid value for max_results. It must be a positive integer, but got ${max_results}`;
    expect(refusal(() => searchModels({ max_results }))).toBe(message);
    expect(refusal(() => searchVersions({ max_results }))).toBe(message);
  });
});
