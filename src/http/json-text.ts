/** An answer that is JSON already. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** The JSON of an answer, for the server to send. */
export function toJsonText(answer: unknown): string {
  return answer instanceof JsonText ? answer.text : JSON.stringify(answer);
}
