import type { ConnectionAddress } from './connection-address.js';
import { EventStoreDbConnectionError } from './connection-error.js';
import { codeOf, kindOf, reasonOf } from './failures.js';

const unauthenticated = 16;

const anotherName = /altnames/i;
const notTrusted = /certificate|CERT_|UNABLE_TO_/i;
const notTls = /wrong version number|EPROTO|packet length too long/i;

/**
 * What to tell the operator about a failure that trying again does not mend; undefined for one that it may.
 *
 * @param what what could not be read
 */
export function explainedAtOnce(
  address: ConnectionAddress,
  what: string,
  cause: unknown,
): EventStoreDbConnectionError | undefined {
  const explained = (problem: string, remedy: string) =>
    new EventStoreDbConnectionError(address, problem, remedy, cause);
  const reason = reasonOf(cause);
  if (codeOf(cause) === unauthenticated) {
    return explained(
      'it does not accept the user name and password',
      'Set ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD to those of a user that it knows',
    );
  }
  if (kindOf(cause) === 'refused')
    return explained(`reading ${what} is refused: ${reason}`, rights(address, what));
  if (anotherName.test(reason)) {
    return explained(
      `its certificate is for another name: ${reason}`,
      'Write the host in ANNALS_EVENTSTORE as the certificate names it',
    );
  }
  if (notTrusted.test(reason)) {
    return explained(
      `its certificate is not trusted: ${reason}`,
      'Add ?tlsCAFile=… to ANNALS_EVENTSTORE, with the certificate of the authority that signed it',
    );
  }
  if (notTls.test(reason)) {
    return explained(
      `it does not speak TLS: ${reason}`,
      'Add ?tls=false to ANNALS_EVENTSTORE if that is intended',
    );
  }
  return undefined;
}

/** What to tell the operator when the patience is over. */
export function unreachable(
  address: ConnectionAddress,
  cause: unknown,
  milliseconds: number,
): EventStoreDbConnectionError {
  const tls = address.options.get('tls') === 'false' ? '; if it speaks TLS, leave out tls=false' : '';
  return new EventStoreDbConnectionError(
    address,
    `it has not answered within ${milliseconds / 1_000} s: ${reasonOf(cause)}`,
    `Start it, or mend the address in ANNALS_EVENTSTORE${tls}`,
    cause,
  );
}

function rights({ credentials }: ConnectionAddress, what: string): string {
  if (credentials === undefined) {
    return 'Name a user that may, in ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD';
  }
  return (
    `Let an administrator give ${credentials.username} the right to read ${what}, ` +
    'or name a user of the group $admins, in ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD'
  );
}
