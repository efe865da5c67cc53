import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describePlace, isSamePlace, readLogPlace } from '../../src/cli/log-place.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annals-places-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ada = { username: 'ada', password: 'secret' };
const place = (text: string, account: Partial<typeof ada> = {}) => readLogPlace('--to', text, account);

describe('a place of a log', () => {
  it('is a data folder', () => {
    expect(place(folder)).toEqual({ kind: 'folder', file: join(folder, 'log.sqlite') });
  });

  it('is an EventStoreDB, with the user of the address before that of the variables', () => {
    expect(place('esdb://a:2113', ada)).toMatchObject({ address: { credentials: ada } });
    expect(place('esdb://eve:hers@a:2113', ada)).toMatchObject({
      address: { credentials: { username: 'eve' } },
    });
  });

  it('keeps passwords to itself', () => {
    expect(describePlace(place('esdb://eve:hers@a:2113'))).toBe('esdb://eve@a:2113');
  });

  it.each([
    ['http://a', '--to has to be an address such as esdb://'],
    ['esdb://a?colour=red', "--to has the option 'colour'"],
    [':memory:', '--to has to be a log that stays'],
  ])('is not %s', (text, message) => {
    expect(() => place(text)).toThrow(message);
  });

  it('is the same under another name', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'log.sqlite'), '');
    symlinkSync(join(folder, 'data'), join(folder, 'link'));
    expect(isSamePlace(place(join(folder, 'data')), place(join(folder, 'link')))).toBe(true);
    expect(isSamePlace(place('esdb://a,b:1'), place('esdb://u:p@B:1,A:2113?tls=false'))).toBe(true);
  });

  it('is another one on another port, or in another folder', () => {
    expect(isSamePlace(place('esdb://a:1'), place('esdb://a:2'))).toBe(false);
    expect(isSamePlace(place(folder), place(join(folder, 'data')))).toBe(false);
    expect(isSamePlace(place(folder), place('esdb://a'))).toBe(false);
  });
});
