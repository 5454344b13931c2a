#include "CMatrix.h"

// A fused product and sum would have another last bit, and not every machine has it.
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8, GROUPS = BP_MATRIX_BLOCK / LANES, MOST_VECTORS = 6, MOST_SUMS = 12 };

// Memory need not be aligned to the width of a register.
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

// One tile: some vectors and some groups of eight outputs, which may belong to two blocks.
//
// Vectors times groups are eight to twelve registers of sums: enough to hide the time of an addition, few enough to stay in registers. Each weight
// is read once for all vectors of the tile.
static inline __attribute__((always_inline)) void accumulate_tile(const int vectors, const int groups, const float *weights,
                                                                  int64_t block_stride, int64_t inputs, const float *first,
                                                                  int64_t vector_stride, float *result, int64_t result_stride) {
  for (int64_t start = 0; start < inputs; start += BP_MATRIX_PART) {
    const int64_t end = start + BP_MATRIX_PART < inputs ? start + BP_MATRIX_PART : inputs;
    lanes sums[MOST_SUMS] = {0};
    for (int64_t i = start; i < end; i++) {
#pragma unroll
      for (int v = 0; v < vectors; v++) {
        const float input = first[v * vector_stride + i];
#pragma unroll
        for (int g = 0; g < groups; g++) {
          sums[v * groups + g] += *(const lanes *)(weights + g / GROUPS * block_stride + i * BP_MATRIX_BLOCK + g % GROUPS * LANES) * input;
        }
      }
    }
#pragma unroll
    for (int v = 0; v < vectors; v++) {
#pragma unroll
      for (int g = 0; g < groups; g++) *(lanes *)(result + v * result_stride + g * LANES) += sums[v * groups + g];
    }
  }
}

// All outputs of `count` vectors, in tiles of some vectors and groups; a block has a whole number of tiles, or a tile two blocks.
static inline __attribute__((always_inline)) void accumulate_vectors(const int vectors, const int groups, const float *weights,
                                                                     int64_t block_stride, int64_t blocks, int64_t inputs, const float *first,
                                                                     int64_t vector_stride, float *result, int64_t result_stride,
                                                                     int64_t count) {
  for (int64_t group = 0; group < blocks * GROUPS; group += groups) {
    const float *own = weights + group / GROUPS * block_stride + group % GROUPS * LANES;
    for (int64_t v = 0; v < count; v += vectors) {
      accumulate_tile(vectors, groups, own, block_stride, inputs, first + v * vector_stride, vector_stride,
                      result + v * result_stride + group * LANES, result_stride);
    }
  }
}

static inline __attribute__((always_inline)) void accumulate_all(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs,
                                                                 const float *vectors, int64_t vector_stride, float *result,
                                                                 int64_t result_stride, int64_t count) {
#define ACCUMULATE(together, groups, from, some, number)                                                                       \
  accumulate_vectors(together, groups, weights + (from) * block_stride, block_stride, some, inputs, vectors, vector_stride,    \
                     result + (from) * BP_MATRIX_BLOCK, result_stride, number);                                                \
  vectors += (number) * vector_stride;                                                                                         \
  result += (number) * result_stride;                                                                                          \
  count -= (number)
  const int64_t most = count - count % MOST_VECTORS;
  if (most > 0) { ACCUMULATE(MOST_VECTORS, 2, 0, blocks, most); }
  if (count >= 4) { ACCUMULATE(4, 2, 0, blocks, 4); }
  if (count >= 2) { ACCUMULATE(2, 4, 0, blocks, 2); }
#undef ACCUMULATE
  if (count > 0) {
    const int64_t pairs = blocks - blocks % 2;
    accumulate_vectors(1, 8, weights, block_stride, pairs, inputs, vectors, vector_stride, result, result_stride, 1);
    accumulate_vectors(1, 4, weights + pairs * block_stride, block_stride, blocks - pairs, inputs, vectors, vector_stride,
                       result + pairs * BP_MATRIX_BLOCK, result_stride, 1);
  }
}

#if defined(__x86_64__) && defined(__linux__)
// The loader picks the widest that the machine has; the results are the same.
__attribute__((target_clones("default", "avx2")))
#endif
void bp_matrix_accumulate(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                          int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  accumulate_all(weights, block_stride, blocks, inputs, vectors, vector_stride, result, result_stride, count);
}

void bp_matrix_accumulate_base(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                               int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  accumulate_all(weights, block_stride, blocks, inputs, vectors, vector_stride, result, result_stride, count);
}
