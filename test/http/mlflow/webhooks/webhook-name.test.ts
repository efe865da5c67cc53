import { describe, expect, it } from '@jest/globals';
import { webhookName } from '../../../../src/http/mlflow/webhooks/webhook-name.js';
import { refusal } from '../refusal.js';

describe('The name of a webhook in MLflow', () => {
  it.each(['a', '7', 'deploy-fraud', 'a.b_c-D', 'a..b', 'h'.repeat(63)])('%s is one', (name) =>
    expect(webhookName(name)).toBe(name),
  );

  it.each(['x y', '-a', 'a-', '.a', 'a_', 'a!', 'ä', 'ſ', 'a\n', ' a', 'h'.repeat(64), ''])(
    '%j is none',
    (name) =>
      expect(refusal(() => webhookName(name))).toMatch(
        /^Webhook name '.*' is invalid\. It must start and end with a letter or digit, be less than 63 characters long, and contain only letters, digits, dots \(\.\), underscores \(_\), and hyphens \(-\)\.$/u,
      ),
  );
});
