/** Where EventStoreDB is and how it is spoken to. */
export interface ConnectionAddress {
  readonly scheme: 'esdb' | 'esdb+discover';
  /** One or more of `host` and `host:port`, separated by commas. */
  readonly hosts: string;
  readonly options: ReadonlyMap<string, string>;
  readonly credentials: Credentials | undefined;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** User name and password, where they do not stand in the address. */
export interface Account {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** An address that makes no sense. The message says what would, and keeps the password to itself. */
export class ConnectionAddressError extends Error {
  override readonly name = 'ConnectionAddressError';
}

const trueOrFalse = /^(true|false)$/;
const wholeNumber = /^-?\d+$/;
const anything = /./;

/** The options that the client knows and that make sense here, and what each may be. */
const knownOptions: ReadonlyMap<string, RegExp> = new Map([
  ['tls', trueOrFalse],
  ['tlsCAFile', anything],
  ['userCertFile', anything],
  ['userKeyFile', anything],
  ['nodePreference', /^(leader|follower|random|readOnlyReplica)$/i],
  ['maxDiscoverAttempts', wholeNumber],
  ['discoveryInterval', wholeNumber],
  ['gossipTimeout', wholeNumber],
  ['keepAliveInterval', wholeNumber],
  ['keepAliveTimeout', wholeNumber],
  ['connectionName', anything],
]);

const shape =
  /^(?<scheme>esdb|esdb\+discover):\/\/(?:(?<credentials>.*)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<options>.*))?$/;
const host = /^[\w.-]+(:\d{1,5})?$/;

/**
 * Reads an address as EventStoreDB's clients take it: `esdb://host:2113?tls=false`, `esdb://a:2113,b:2113`,
 * `esdb+discover://name`.
 *
 * @throws ConnectionAddressError
 */
export function readConnectionAddress(text: string, account: Account = {}): ConnectionAddress {
  const { scheme, hosts, credentials, options } = shape.exec(text)?.groups ?? {};
  if ((scheme !== 'esdb' && scheme !== 'esdb+discover') || hosts === undefined) {
    throw new ConnectionAddressError(
      'has to be an address such as esdb://localhost:2113?tls=false or esdb+discover://cluster.example.org',
    );
  }
  const wrongHost = hosts.split(',').find((candidate) => !host.test(candidate));
  if (wrongHost !== undefined) {
    throw new ConnectionAddressError(`has to name hosts as host:port, not '${wrongHost}'`);
  }
  return {
    scheme,
    hosts,
    options: readOptions(options ?? ''),
    credentials: readCredentials(credentials, account),
  };
}

/** The address without the secret, for logs and messages. */
export function describeAddress({ scheme, hosts, credentials }: ConnectionAddress): string {
  return `${scheme}://${credentials ? `${credentials.username}@` : ''}${hosts}`;
}

/** The address in the form that the client reads, secret included. */
export function connectionString({ scheme, hosts, options, credentials }: ConnectionAddress): string {
  const user = credentials
    ? `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`
    : '';
  const named = [...options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${scheme}://${user}${hosts}${named.length > 0 ? `?${named.join('&')}` : ''}`;
}

function readOptions(text: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
    const known = [...knownOptions].find(([option]) => flat(option) === flat(name));
    if (known === undefined) {
      const hint =
        flat(name) === 'tlsverifycert' ? '; a certificate is trusted by naming its CA in tlsCAFile' : '';
      const all = [...knownOptions.keys()].join(', ');
      throw new ConnectionAddressError(
        `has the option '${name}', which is not known; there are ${all}${hint}`,
      );
    }
    const [option, allowed] = known;
    const decoded = percentDecoded(value);
    if (decoded === undefined || !allowed.test(decoded)) {
      throw new ConnectionAddressError(
        `has the option ${option} with the value '${value}', which makes no sense`,
      );
    }
    options.set(option, decoded);
  }
  return options;
}

/** The client takes `tls_ca_file` and `TLSCAFile` for the same. */
function flat(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

function readCredentials(inAddress: string | undefined, account: Account): Credentials | undefined {
  const [name, secret] = inAddress?.split(/:(.*)/s, 2).map(percentDecoded) ?? [];
  const username = account.username ?? name;
  const password = account.password ?? secret;
  if (username === undefined && password === undefined && inAddress === undefined) return undefined;
  if (!username || !password) {
    throw new ConnectionAddressError(
      'needs both a user name and a password, percent-encoded in the address or in ' +
        'ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD',
    );
  }
  return { username, password };
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
