/** Every kind of problem that the native API answers with: docs/api.md has an entry for each. */
export const problems = {
  INVALID_PARAMETER_VALUE: { status: 400, title: 'A parameter breaks a rule' },
  INVALID_MOMENT: { status: 400, title: 'The log says nothing about this time or position' },
  INVALID_WINDOW: { status: 400, title: 'The window is none' },
  RESOURCE_DOES_NOT_EXIST: { status: 404, title: 'There is no such thing' },
  ENDPOINT_NOT_FOUND: { status: 404, title: 'There is no such route' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The route has other methods' },
  NOT_ACCEPTABLE: { status: 406, title: 'There is no such format' },
  RESOURCE_ALREADY_EXISTS: { status: 409, title: 'The name is taken' },
  RESOURCE_CONFLICT: { status: 409, title: 'The registry is not in a state for this' },
  FEATURE_DISABLED: { status: 409, title: 'The service is not set up for this' },
  PRECONDITION_FAILED: { status: 412, title: 'Somebody else was faster' },
  TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Bodies have to be JSON' },
  INTERNAL_ERROR: { status: 500, title: 'The service has a defect' },
  TEMPORARILY_UNAVAILABLE: { status: 503, title: 'Not at present' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

/** The last part of a problem's `type`: `invalid-moment`. */
export function slugOf(code: ProblemCode): string {
  return code.toLowerCase().replaceAll('_', '-');
}
