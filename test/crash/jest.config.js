import quick from '../jest.config.js';

/** Tests that kill processes of the built service: too slow for every save, never left out before a merge. */
export default {
  ...quick,
  rootDir: '../..',
  roots: ['<rootDir>/test/crash'],
  testPathIgnorePatterns: [],
  testTimeout: 120_000,
};
