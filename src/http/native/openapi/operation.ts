import type { ProblemCode } from '../problems/catalogue.js';
import type { JsonSchema } from '../requests/json-schema.js';

interface Header {
  readonly description: string;
  readonly schema: JsonSchema;
}

/** One route as the document describes it. Its parameters are those of its request class. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Behind {@link apiPath}, with `{…}` for parts that are parameters. */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly request: new () => object;
  /**
   * What a success answers with besides a 200: a 201 says the same and that something was made, a 204 says nothing and
   * takes its place.
   */
  readonly success?: 201 | 204;
  /** Schema of a 200 by media type; null for an answer that is text. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** Problems besides those that every route has. */
  readonly problems?: readonly ProblemCode[];
  /** Headers of the request besides those that every such request may have. */
  readonly requestHeaders?: Readonly<Record<string, Header>>;
  /** Headers of a 200 besides those that every such request has. */
  readonly headers?: Readonly<Record<string, Header>>;
  /** A read of the present has an `ETag` and minds `If-None-Match`. */
  readonly hasEtag?: boolean;
  /** A change of what has no `ETag`: there is no `If-Match`, either. */
  readonly hasNoEtag?: boolean;
}
