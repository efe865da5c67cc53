import { Injectable } from '@nestjs/common';
import type { CanActivate } from '@nestjs/common';
import { ReadModels } from '../application/ports/read-models.js';
import { RegistryError } from '../domain/registry-error.js';

/**
 * Lets nobody ask before the required read models have caught up with the log once: what they do not hold yet would look
 * as if it did not exist. MLflow's clients try again by themselves.
 */
@Injectable()
export class ReadModelGuard implements CanActivate {
  #open = false;

  constructor(private readonly readModels: ReadModels) {}

  canActivate(): boolean {
    this.#open ||= this.readModels.status().every(({ required, hasCaughtUp }) => hasCaughtUp || !required);
    if (this.#open) return true;
    throw new RegistryError(
      'TEMPORARILY_UNAVAILABLE',
      'The read model is being built from the log. Try again soon.',
    );
  }
}
