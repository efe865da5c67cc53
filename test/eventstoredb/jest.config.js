import quick from '../jest.config.js';

/** Tests that wait as long as the service itself does: too slow for every save, never left out before a merge. */
export default {
  ...quick,
  rootDir: '../..',
  roots: ['<rootDir>/test/eventstoredb'],
  testPathIgnorePatterns: [],
  testTimeout: 300_000,
};
