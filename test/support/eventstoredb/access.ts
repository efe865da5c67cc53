import type { Metadata } from '@grpc/grpc-js';
import type { EventLog } from './event-log.js';
import { refusals } from './refusals.js';

export interface User {
  readonly name: string;
  readonly password: string;
  /** May do everything. Others may not read `$all` and system streams unless the ACL of that stream names them. */
  readonly admin?: boolean;
}

/** Who may do what. Without users everybody may do everything, as on a server that runs insecurely. */
export class Access {
  constructor(
    private readonly users: readonly User[],
    private readonly log: EventLog,
  ) {}

  /** Refuses a caller whom nobody knows, and one who may not read, or write, this stream. */
  check(headers: Metadata, right: 'read' | 'write', stream: string): void {
    if (this.users.length === 0) return;
    const user = this.#user(headers);
    if (user === undefined) throw refusals.accessDenied();
    if (user.admin === true) return;
    const { readers, writers } = this.log.metadata(stream);
    const allowed = (right === 'read' ? readers : writers) ?? (stream.startsWith('$') ? [] : [user.name]);
    if (!allowed.includes(user.name) && !allowed.includes('$all')) throw refusals.accessDenied();
  }

  #user(headers: Metadata): User | undefined {
    const [authorization] = headers.get('authorization');
    if (authorization === undefined) return undefined;
    const [, encoded = ''] = String(authorization).split(' ');
    const given = Buffer.from(encoded, 'base64').toString();
    const user = this.users.find(({ name, password }) => given === `${name}:${password}`);
    if (user === undefined) throw refusals.unauthenticated();
    return user;
  }
}
