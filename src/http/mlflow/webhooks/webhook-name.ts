import { pythonRepr } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';

const plainName = /^(?=.{1,63}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;

/**
 * MLflow's rule for the names of webhooks, and its words (`_validate_webhook_name` in `mlflow.utils.validation`).
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function webhookName(text: string): string {
  if (plainName.test(text)) return text;
  throw invalidParameter(
    `Webhook name ${pythonRepr(text)} is invalid. It must start and end with a letter or digit, be less than 63 ` +
      'characters long, and contain only letters, digits, dots (.), underscores (_), and hyphens (-).',
  );
}
