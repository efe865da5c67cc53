/** What can be wrong with when: for routes that are asked as of a moment, or about a window. */
export const moment = ['INVALID_MOMENT'] as const;
export const past = [...moment, 'RESOURCE_DOES_NOT_EXIST'] as const;
export const window = [...moment, 'INVALID_WINDOW'] as const;
export const pastWindow = [...past, 'INVALID_WINDOW'] as const;
