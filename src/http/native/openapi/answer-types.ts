import { mediaTypes } from '../formats/negotiation.js';

/** An answer that is JSON. */
export const json = (schema: string) => ({ [mediaTypes.json]: schema });
