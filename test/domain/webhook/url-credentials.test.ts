import { describe, expect, it } from '@jest/globals';
import { withoutCredentials } from '../../../src/domain/webhook/url-credentials.js';

describe('a URL without its user and password', () => {
  it.each([
    ['https://example.org/hook?to=a@b', 'https://example.org/hook?to=a@b'],
    ['https://ada:pass@example.org/hook?to=a@b', 'https://***@example.org/hook?to=a@b'],
    ['https://ada@example.org', 'https://***@example.org'],
    ['https://ada:p@ss@example.org', 'https://***@example.org'],
    ['HTTPS:\\\\ada:pass@example.org', 'HTTPS:\\\\***@example.org'],
    ['https://ada:pa/ss@example.org', 'https://***@example.org'],
    ['https://ada:pass@', 'https://***@'],
    ['ada:pass@example.org', '***@example.org'],
    ['//ada:pass@example.org', '***@example.org'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ])('%s is %s', (url, shown) => expect(withoutCredentials(url)).toBe(shown));
});
