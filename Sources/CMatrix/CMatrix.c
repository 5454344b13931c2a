#include "CMatrix.h"

// A fused product and sum would have another last bit, and not every machine has it.
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8, GROUPS = BP_MATRIX_BLOCK / LANES, PAIR = 2, MOST_VECTORS = 4 };

// Memory need not be aligned to the width of a register.
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

// Eight registers of sums in both functions: enough to hide the time of an addition, few enough to stay in registers.

// Four vectors and a pair of groups of outputs: each weight is read once for four uses.
static inline __attribute__((always_inline)) void accumulate_pair(const float *weights, int64_t inputs, const float *vectors,
                                                                  int64_t vector_stride, float *result, int64_t result_stride) {
  lanes sums[MOST_VECTORS][PAIR];
#pragma unroll
  for (int v = 0; v < MOST_VECTORS; v++) {
#pragma unroll
    for (int g = 0; g < PAIR; g++) sums[v][g] = *(const lanes *)(result + v * result_stride + g * LANES);
  }
  for (int64_t i = 0; i < inputs; i++) {
    const float *row = weights + i * BP_MATRIX_BLOCK;
    const lanes first = *(const lanes *)row, second = *(const lanes *)(row + LANES);
#pragma unroll
    for (int v = 0; v < MOST_VECTORS; v++) {
      const float input = vectors[v * vector_stride + i];
      sums[v][0] += first * input;
      sums[v][1] += second * input;
    }
  }
#pragma unroll
  for (int v = 0; v < MOST_VECTORS; v++) {
#pragma unroll
    for (int g = 0; g < PAIR; g++) *(lanes *)(result + v * result_stride + g * LANES) = sums[v][g];
  }
}

// One vector and one or two blocks of outputs.
static inline __attribute__((always_inline)) void accumulate_blocks(const float *weights, int64_t block_stride, int64_t inputs,
                                                                    const float *vector, float *result, const int blocks) {
  lanes sums[PAIR][GROUPS];
#pragma unroll
  for (int b = 0; b < blocks; b++) {
#pragma unroll
    for (int g = 0; g < GROUPS; g++) sums[b][g] = *(const lanes *)(result + b * BP_MATRIX_BLOCK + g * LANES);
  }
  for (int64_t i = 0; i < inputs; i++) {
    const float input = vector[i];
#pragma unroll
    for (int b = 0; b < blocks; b++) {
      const float *row = weights + b * block_stride + i * BP_MATRIX_BLOCK;
#pragma unroll
      for (int g = 0; g < GROUPS; g++) sums[b][g] += *(const lanes *)(row + g * LANES) * input;
    }
  }
#pragma unroll
  for (int b = 0; b < blocks; b++) {
#pragma unroll
    for (int g = 0; g < GROUPS; g++) *(lanes *)(result + b * BP_MATRIX_BLOCK + g * LANES) = sums[b][g];
  }
}

#if defined(__x86_64__) && defined(__linux__)
// The loader picks the widest that the machine has; the results are the same.
__attribute__((target_clones("default", "avx2")))
#endif
void bp_matrix_accumulate(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                          int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  const int64_t together = count - count % MOST_VECTORS;
  for (int64_t block = 0; block < blocks && together > 0; block++) {
    for (int g = 0; g < GROUPS; g += PAIR) {
      const float *own = weights + block * block_stride + g * LANES;
      float *sums = result + block * BP_MATRIX_BLOCK + g * LANES;
      for (int64_t v = 0; v < together; v += MOST_VECTORS) {
        accumulate_pair(own, inputs, vectors + v * vector_stride, vector_stride, sums + v * result_stride, result_stride);
      }
    }
  }
  for (int64_t v = together; v < count; v++) {
    const float *vector = vectors + v * vector_stride;
    float *sums = result + v * result_stride;
    int64_t block = 0;
    for (; block + PAIR <= blocks; block += PAIR) {
      accumulate_blocks(weights + block * block_stride, block_stride, inputs, vector, sums + block * BP_MATRIX_BLOCK, PAIR);
    }
    if (block < blocks) accumulate_blocks(weights + block * block_stride, block_stride, inputs, vector, sums + block * BP_MATRIX_BLOCK, 1);
  }
}
