import { describe, expect, it } from '@jest/globals';
import { entered, noOccupants } from '../../../src/domain/registered-model/occupants.js';

describe('the occupants of a stage', () => {
  it('are in the order in which they were last moved there, each once', () => {
    const after = [1, 2, 3, 1].reduce((known, version) => entered(known, 'Production', version), noOccupants);
    expect(after).toEqual({ Staging: [], Production: [2, 3, 1] });
  });

  it('are kept for the stages in which versions serve only', () => {
    expect(entered(entered(noOccupants, 'Archived', 1), 'None', 1)).toBe(noOccupants);
  });

  it('are the last hundred', () => {
    const versions = Array.from({ length: 250 }, (_, index) => index + 1);
    const { Staging } = versions.reduce((known, version) => entered(known, 'Staging', version), noOccupants);
    expect(Staging).toEqual(versions.slice(150));
  });
});
