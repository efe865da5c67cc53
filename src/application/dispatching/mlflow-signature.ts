import { signatureOf } from './standard-webhooks-signature.js';
import type { SignedContent } from './standard-webhooks-signature.js';

/**
 * The headers that MLflow's own webhooks have (registry contract, "Delivery"). MLflow signs with the text of the secret
 * in UTF-8, whatever it looks like, and its receivers know one signature only: that of the newest secret.
 *
 * @param secrets those that are live, the newest first; without one nothing is signed
 */
export function mlflowHeaders(content: SignedContent, secrets: readonly string[]): Record<string, string> {
  const [newest] = secrets;
  return {
    'x-mlflow-delivery-id': content.id,
    'x-mlflow-timestamp': String(content.timestamp),
    ...(newest !== undefined && { 'x-mlflow-signature': signatureOf(content, newest) }),
  };
}
