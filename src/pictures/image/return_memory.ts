/**
 * Makes glibc give large pieces of memory back as soon as they are freed. Left alone, it learns
 * from every big picture to keep more, in each thread that ever decoded one, and the process grows
 * by the gigabyte. Elsewhere than on glibc nothing is done, and nothing need be.
 */
export function returnMemory(): void {
  if (Deno.build.os !== "linux") return;
  try {
    const libc = Deno.dlopen("libc.so.6", {
      mallopt: { parameters: ["i32", "i32"], result: "i32" },
    });
    // glibc's own default; setting it ends the learning.
    libc.symbols.mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    libc.close();
  } catch {
    // another libc, or no permission: pictures are resized all the same
  }
}

const M_MMAP_THRESHOLD = -3;
