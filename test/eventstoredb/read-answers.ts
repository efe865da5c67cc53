import type { HttpClient } from '../support/http-client.js';

/**
 * What a node answers to reads of every kind about the models whose names begin alike: all that clients can see of
 * them.
 */
export async function readAnswers({ mlflow }: HttpClient, names: readonly string[]): Promise<unknown[]> {
  const answers = [];
  for (const name of names.map(encodeURIComponent)) {
    const filter = encodeURIComponent(`name = '${decodeURIComponent(name)}'`);
    const paths = [
      `registered-models/get?name=${name}`,
      `registered-models/get-latest-versions?name=${name}`,
      `registered-models/search?filter=${filter}`,
      `model-versions/get?name=${name}&version=1`,
      `model-versions/get-download-uri?name=${name}&version=1`,
      `model-versions/search?filter=${filter}&max_results=10000`,
      `model-versions/search?filter=${filter}&max_results=7&order_by=creation_timestamp%20DESC`,
    ];
    for (const path of paths) {
      const { status, body } = await mlflow('GET', path);
      answers.push({ path, status, body });
    }
  }
  return answers;
}
