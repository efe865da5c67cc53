import { pythonRepr } from '../../domain/python-text.js';

/** A protocol buffers enumeration: its names, which are numbered from 1. Names that mean nothing (0) are left out. */
export class Enumeration<Name extends string> {
  constructor(private readonly names: readonly Name[]) {}

  /** What a client means: a name as it is written here, or a number, also in digits. Undefined for everything else. */
  meantBy(sent: unknown): Name | undefined {
    return this.names.find(
      (name, index) => sent === name || sent === index + 1 || sent === String(index + 1),
    );
  }

  has(name: unknown): name is Name {
    return this.names.some((known) => known === name);
  }

  /** All names, as Python writes a list. */
  get list(): string {
    return pythonList(this.names);
  }
}

/** `repr` of a list of texts in Python. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonRepr).join(', ')}]`;
}
