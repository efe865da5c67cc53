import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../../src/http/native/openapi/document.js';

interface Answered {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

type Document = ReturnType<typeof openApiDocument>;

/** The document of the API under test, in which nothing may be that it does not name. */
const document = closed(openApiDocument('/api/v1', '0')) as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'openapi', ...document });

/** What is wrong with an answer, for the OpenAPI document; nothing if it is as described. */
export function deviations({ method, path, status, type, body }: Answered): readonly string[] {
  const template = templateOf(path);
  if (template === undefined) return status === 404 ? problemIn(body) : [`no route for ${path}`];
  const operation = document.paths[template]?.[method.toLowerCase()] as
    { responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }> } | undefined;
  if (operation === undefined) return status === 405 ? problemIn(body) : [`no ${method} of ${template}`];
  const response = operation.responses[status];
  if (response === undefined) return [`${template} never answers ${status}`];
  if (response.content === undefined) return body === '' ? [] : ['there is a body'];
  const media = response.content[type.split(';')[0] ?? ''];
  if (media === undefined) return [`${template} never answers ${status} as ${type}`];
  const { $ref } = media.schema;
  if ($ref === undefined) return [];
  const bodies = type.startsWith('application/x-ndjson') ? lines(body) : [body];
  return bodies.flatMap((one) => errorsOf($ref, one));
}

function problemIn(body: unknown): readonly string[] {
  return errorsOf('#/components/schemas/Problem', body);
}

function errorsOf($ref: string, body: unknown): readonly string[] {
  const validate = ajv.getSchema(`openapi${$ref}`);
  if (!validate) return [`no schema ${$ref}`];
  if (validate(body) === true) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function lines(body: unknown): readonly unknown[] {
  return String(body)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

/** Templates without parameters come first. */
function templateOf(path: string): string | undefined {
  const [plain = ''] = path.replace(/^\/api\/v1/, '').split('?', 1);
  const templates = Object.keys(document.paths).sort((a, b) => a.split('{').length - b.split('{').length);
  return templates.find((template) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]*')}$`).test(plain),
  );
}

/** Every object with properties, with no others allowed. */
export function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => closed(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, closed(child)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const isObject =
    copy['type'] === 'object' || (Array.isArray(copy['type']) && copy['type'].includes('object'));
  if (!isObject || !('properties' in copy) || 'additionalProperties' in copy) return copy;
  return { ...copy, additionalProperties: false };
}
