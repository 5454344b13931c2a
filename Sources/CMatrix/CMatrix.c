#include "CMatrix.h"

// A fused product and sum would have another last bit, and not every machine has it.
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8, GROUPS = BP_MATRIX_BLOCK / LANES, MOST_VECTORS = 3 };

// Memory need not be aligned to the width of a register.
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

// Twelve registers of sums for three vectors leave room for the weights, of which each is then read once for three uses.
static inline __attribute__((always_inline)) void accumulate_block(const float *weights, int64_t inputs, const float *vectors,
                                                                   int64_t vector_stride, float *result, int64_t result_stride,
                                                                   const int count) {
  lanes sums[MOST_VECTORS][GROUPS];
#pragma unroll
  for (int v = 0; v < count; v++) {
#pragma unroll
    for (int g = 0; g < GROUPS; g++) sums[v][g] = *(const lanes *)(result + v * result_stride + g * LANES);
  }
  for (int64_t i = 0; i < inputs; i++) {
    const float *row = weights + i * BP_MATRIX_BLOCK;
#pragma unroll
    for (int v = 0; v < count; v++) {
      const float input = vectors[v * vector_stride + i];
#pragma unroll
      for (int g = 0; g < GROUPS; g++) sums[v][g] += *(const lanes *)(row + g * LANES) * input;
    }
  }
#pragma unroll
  for (int v = 0; v < count; v++) {
#pragma unroll
    for (int g = 0; g < GROUPS; g++) *(lanes *)(result + v * result_stride + g * LANES) = sums[v][g];
  }
}

#if defined(__x86_64__) && defined(__linux__)
// The loader picks the widest that the machine has; the results are the same.
__attribute__((target_clones("default", "avx2")))
#endif
void bp_matrix_accumulate(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                          int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  for (int64_t block = 0; block < blocks; block++) {
    const float *own = weights + block * block_stride;
    float *sums = result + block * BP_MATRIX_BLOCK;
    int64_t v = 0;
    for (; v + MOST_VECTORS <= count; v += MOST_VECTORS) {
      accumulate_block(own, inputs, vectors + v * vector_stride, vector_stride, sums + v * result_stride, result_stride, MOST_VECTORS);
    }
    for (; v < count; v++) {
      accumulate_block(own, inputs, vectors + v * vector_stride, vector_stride, sums + v * result_stride, result_stride, 1);
    }
  }
}
