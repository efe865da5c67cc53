import { AsOfRequest } from './common.requests.js';
import { RequiredInQuery } from './field.js';
import { side } from './moment.js';
import type { Side } from './moment.js';

const how =
  ': a model, a slash and the number of a version, and if wanted `@` and when: `fraud/6@2026-03-04T10:15:00Z`, ' +
  '`fraud/6@position:1234`, `id:…/6`. Names hold no slash, so that nothing has to be escaped but for the URL.';

export class DiffRequest extends AsOfRequest {
  @RequiredInQuery(side(), `The one side${how}`) left!: Side;
  @RequiredInQuery(side(), `The other side${how}`) right!: Side;
}
