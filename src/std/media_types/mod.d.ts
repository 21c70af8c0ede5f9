// The types of what we use of @std/media-types: npm's copy of Deno's std carries none.
export function typeByExtension(extension: string): string | undefined;
