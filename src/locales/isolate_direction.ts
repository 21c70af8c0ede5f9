/** Keeps a name's direction to itself, so that Hebrew or Arabic does not scramble the line. */
export const isolateDirection = (name: string): string => `\u2068${name}\u2069`;
