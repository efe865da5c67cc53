import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { splitUri } from '../../../src/domain/registered-model/uri.js';

it.each([
  ['s3://bucket/a/b', { scheme: 's3', authority: 'bucket', path: '/a/b' }],
  ['S3://Bucket/A', { scheme: 's3', authority: 'Bucket', path: '/A' }],
  ['s3://bucket', { scheme: 's3', authority: 'bucket', path: '' }],
  ['s3:///a', { scheme: 's3', authority: '', path: '/a' }],
  ['dbfs:/a', { scheme: 'dbfs', authority: '', path: '/a' }],
  ['https://u:p@h:1/a?b=/c#/d', { scheme: 'https', authority: 'u:p@h:1', path: '/a' }],
  ['https://h?a', { scheme: 'https', authority: 'h', path: '' }],
  ['https://h#a', { scheme: 'https', authority: 'h', path: '' }],
  ['a+b-c.d:x', { scheme: 'a+b-c.d', authority: '', path: 'x' }],
  ['/a/b', { scheme: '', authority: '', path: '/a/b' }],
  ['//h/a', { scheme: '', authority: 'h', path: '/a' }],
  ['a b', { scheme: '', authority: '', path: 'a b' }],
  ['1a:/b', { scheme: '', authority: '', path: '1a:/b' }],
  [':/a', { scheme: '', authority: '', path: ':/a' }],
  ['', { scheme: '', authority: '', path: '' }],
])('%j has these parts', (uri, parts) => expect(splitUri(uri)).toEqual(parts));

it('never fails, and finds nothing that is not in the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ':', '/', '?', '#', '%', '\n', '🌱') }), (uri) => {
      const { scheme, authority, path } = splitUri(uri);
      expect(uri).toContain(path);
      expect(uri).toContain(authority);
      expect(uri.toLowerCase().startsWith(scheme)).toBe(true);
    }),
  );
});
