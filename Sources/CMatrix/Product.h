// The product of a matrix with some vectors, as wide as the file that includes this one says with BP_LANES; BP_VARIANT ends its name.
//
// BP_TILES lists a tile for each number of vectors up to BP_MOST: BP_TILE(vectors, groups of BP_LANES outputs). Every variant runs through the
// same sums in the same order: a lane is an output, and no sum is split between lanes.
#include <stdint.h>

#include "CMatrix.h"

// A fused product and sum would have another last bit, and not every machine has it.
#pragma STDC FP_CONTRACT OFF

#define BP_JOINED(name, variant) name##_##variant
#define BP_NAMED(name, variant) BP_JOINED(name, variant)
#define BP_KERNEL(name) BP_NAMED(name, BP_VARIANT)
#define BP_INLINE static inline __attribute__((always_inline))

enum { LANES = BP_LANES, GROUPS = BP_MATRIX_BLOCK / LANES, MOST_GROUPS = 8, MOST_SUMS = 24 };

// Memory need not be aligned to the width of a register.
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

BP_INLINE lanes multiplied(lanes weights, const float *input) {
#if BP_LANES == 16
  // A compiler would fill a register with the input first, for all products with it; as a part of the product it costs nothing on Zen 4, and the
  // whole a fifth less.
  lanes result;
  __asm__("vmulps %2%{1to16%}, %1, %0" : "=v"(result) : "v"(weights), "m"(*input));
  return result;
#else
  return weights * *input;
#endif
}

// One tile: some vectors and some groups of outputs, which may belong to several blocks.
//
// Vectors times groups are the registers of sums: enough to hide the time of an addition, few enough to stay in registers. Each weight is read once
// for all vectors of the tile.
BP_INLINE void accumulate_tile(const int vectors, const int groups, const float *weights, int64_t block_stride, int64_t inputs,
                               const float *first, int64_t vector_stride, float *result, int64_t result_stride) {
  for (int64_t start = 0; start < inputs; start += BP_MATRIX_PART) {
    const int64_t end = start + BP_MATRIX_PART < inputs ? start + BP_MATRIX_PART : inputs;
    lanes sums[MOST_SUMS] = {0};
    for (int64_t i = start; i < end; i++) {
      lanes own[MOST_GROUPS];
#pragma unroll
      for (int g = 0; g < groups; g++) {
        own[g] = *(const lanes *)(weights + g / GROUPS * block_stride + i * BP_MATRIX_BLOCK + g % GROUPS * LANES);
      }
#pragma unroll
      for (int v = 0; v < vectors; v++) {
#pragma unroll
        for (int g = 0; g < groups; g++) sums[v * groups + g] += multiplied(own[g], first + v * vector_stride + i);
      }
    }
#pragma unroll
    for (int v = 0; v < vectors; v++) {
#pragma unroll
      for (int g = 0; g < groups; g++) *(lanes *)(result + v * result_stride + g * LANES) += sums[v * groups + g];
    }
  }
}

// The outputs of whole blocks for the vectors of one tile. A block has a whole number of tiles, or a tile some whole blocks; blocks that do not
// fill such a tile are left, and their number returned.
BP_INLINE int64_t accumulate_blocks(const int vectors, const int groups, const float *weights, int64_t block_stride, int64_t blocks,
                                    int64_t inputs, const float *first, int64_t vector_stride, float *result, int64_t result_stride) {
  int64_t group = 0;
  for (; group + groups <= blocks * GROUPS; group += groups) {
    accumulate_tile(vectors, groups, weights + group / GROUPS * block_stride + group % GROUPS * LANES, block_stride, inputs, first,
                    vector_stride, result + group * LANES, result_stride);
  }
  return blocks - group / GROUPS;
}

BP_INLINE void accumulate_vectors(const int vectors, const int groups, const float *weights, int64_t block_stride, int64_t blocks,
                                  int64_t inputs, const float *first, int64_t vector_stride, float *result, int64_t result_stride) {
  const int64_t left =
    accumulate_blocks(vectors, groups, weights, block_stride, blocks, inputs, first, vector_stride, result, result_stride);
  if (groups > GROUPS && left > 0) {
    const int64_t done = blocks - left;
    accumulate_blocks(vectors, GROUPS < groups ? GROUPS : groups, weights + done * block_stride, block_stride, left, inputs, first, vector_stride,
                      result + done * BP_MATRIX_BLOCK, result_stride);
  }
}

void BP_KERNEL(bp_matrix_accumulate)(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                                     int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  while (count > 0) {
    // As few tiles as can be, of nearly one size.
    const int64_t tiles = (count + BP_MOST - 1) / BP_MOST, together = (count + tiles - 1) / tiles;
#define BP_TILE(number, groups)                                                                                                            \
  case number:                                                                                                                             \
    accumulate_vectors(number, groups, weights, block_stride, blocks, inputs, vectors, vector_stride, result, result_stride);              \
    break;
    switch (together) { BP_TILES }
#undef BP_TILE
    vectors += together * vector_stride;
    result += together * result_stride;
    count -= together;
  }
}

void BP_KERNEL(bp_matrix_rectify)(float *numbers, int64_t count, float slope) {
  // Without a branch, which random signs would mislead.
  for (int64_t i = 0; i < count; i++) numbers[i] = numbers[i] > 0 ? numbers[i] : numbers[i] * slope;
}
