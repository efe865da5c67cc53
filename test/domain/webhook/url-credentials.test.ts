import { describe, expect, it } from '@jest/globals';
import {
  credentialsOf,
  withCredentials,
  withoutCredentials,
} from '../../../src/domain/webhook/url-credentials.js';

describe('a URL without its user and password', () => {
  it.each([
    ['https://example.org/hook?to=a@b', 'https://example.org/hook?to=a@b'],
    ['https://ada:pass@example.org/hook?to=a@b', 'https://***@example.org/hook?to=a@b'],
    ['https://ada@example.org', 'https://***@example.org'],
    ['https://ada:p@ss@example.org', 'https://***@example.org'],
    ['HTTPS:\\\\ada:pass@example.org', 'HTTPS:\\\\***@example.org'],
    ['https:/\t/ada:pa\nss@example.org', 'https://***@example.org'],
    ['https://ada:pa/ss@example.org', 'https://***@example.org'],
    ['https://ada:pass@', 'https://***@'],
    ['ada:pass@example.org', '***@example.org'],
    ['//ada:pass@example.org', '***@example.org'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ])('%s is %s', (url, shown) => expect(withoutCredentials(url)).toBe(shown));
});

describe('user and password of a URL', () => {
  it.each([
    ['https://example.org/a@b', undefined],
    ['https://ada@example.org', 'ada'],
    ['https://ada:@example.org', 'ada'],
    ['https://:pass@example.org', ':pass'],
    ['https://ada:p@s$s@example.org', 'ada:p%40s$s'],
  ])('of %s are %s', (url, credentials) => expect(credentialsOf(url)).toBe(credentials));

  it.each([
    'https://ada@example.org/$1?a@b',
    'HTTPS:\\\\ada:p@$1@example.org:81\\x',
    'http://:pa%20ss@[::1]/',
  ])('of %s can be replaced and put back, and nothing else changes', (url) => {
    const replaced = withCredentials(url, 'v1.k-_.n.c');
    expect(credentialsOf(replaced)).toBe('v1.k-_.n.c');
    expect(withoutCredentials(replaced)).toBe(withoutCredentials(url));
    expect(new URL(withCredentials(replaced, credentialsOf(url)!)).href).toBe(new URL(url).href);
  });
});
