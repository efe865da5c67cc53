import { InPath } from './field.js';
import { text } from './kind.js';

export class NoParameters {}

export class ProblemRequest {
  @InPath(text(1, 100), 'The last part of its `type`, as in `invalid-moment`.') problem!: string;
}
