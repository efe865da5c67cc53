import type { WebhookTest } from '../../../domain/webhook/webhook.js';

/**
 * MLflow's message `WebhookTestResult`. A test succeeds as a delivery does, with 2xx; MLflow says so of everything below
 * 400, after it has followed redirects, which are not followed here.
 */
export function testResultMessage({ status, error, excerpt }: WebhookTest) {
  if (status === null) return { success: false, error_message: `Failed to test webhook: ${error ?? ''}` };
  return { success: status >= 200 && status < 300, response_status: status, response_body: excerpt ?? '' };
}
