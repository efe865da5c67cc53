import type { User } from './access.js';

export interface DoubleOptions {
  /** Any free port without it. */
  readonly port?: number;
  /** Holds everything that is acknowledged, so that another process can go on with it. */
  readonly file?: string;
  /** Paths of a certificate for localhost, its key, and that of whoever vouches for it. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly authority: string };
  /** Without users everybody may do everything. Clients send their credentials only over TLS. */
  readonly users?: readonly User[];
  /** Whether the server has BatchAppend; true without it. */
  readonly batchAppends?: boolean;
  /** In bytes; 1 MiB without it. */
  readonly maximumAppendSize?: number;
  /** Starts as a member that answers nothing and does not touch the file until it is told that it leads. */
  readonly follows?: boolean;
}
