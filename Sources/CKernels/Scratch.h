// Memory for the tiles of one chunk.
#ifndef BENCHPRESSO_SCRATCH_H
#define BENCHPRESSO_SCRATCH_H

#include <stdlib.h>

// Zeros; there is no way on without them.
static inline float *bp_scratch(int64_t count) {
  float *memory = calloc((size_t)count, sizeof(float));
  if (memory == NULL) abort();
  return memory;
}

#endif
