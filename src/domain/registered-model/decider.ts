import type { Decider } from '../decider.js';
import type { RegisteredModelCommand } from './commands.js';
import { decide } from './decide.js';
import type { RegisteredModelEvent } from './events.js';
import { evolve } from './evolve.js';
import { unregistered } from './registered-model.js';
import type { RegisteredModel } from './registered-model.js';

/** The rules of a registered model and of all its versions. */
export const registeredModelDecider: Decider<RegisteredModel, RegisteredModelCommand, RegisteredModelEvent> =
  {
    initialState: unregistered,
    decide,
    evolve,
  };
