// Products of matrices and vectors in 32 bits whose results are the same, bit for bit, on every machine with IEEE arithmetic.
#ifndef BENCHPRESSO_CMATRIX_H
#define BENCHPRESSO_CMATRIX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The outputs that are computed together. The rows of a result are padded to a multiple of it.
#define BP_MATRIX_BLOCK 32

// The inputs whose products are summed by themselves before they are added to the result.
#define BP_MATRIX_PART 32

// Adds to each output of each vector the products of its inputs and weights, part by part and within a part in the order of the inputs:
//
//     result[v][o] = (…((result[v][o] + p[0]) + p[1]) + …),    p[k] = (…((0 + w[32·k][o]·vectors[v][32·k]) + w[32·k+1][o]·vectors[v][32·k+1]) + …)
//
// Every product is rounded before it is added (no fused operations), and a part is never split, so the width of the machine's registers does
// not matter. Parts keep the errors of rounding small: a sum of n numbers one after the other has about √(n/32) times theirs.
//
//   weights        [blocks][inputs of the whole matrix][BP_MATRIX_BLOCK], zeros beyond the last output; at the first input to be used
//   block_stride   from one block of weights to the next, in numbers
//   blocks         of outputs
//   inputs         of each vector
//   vectors        the first vector; its numbers lie one after the other
//   vector_stride  from one vector to the next, in numbers; vectors may overlap
//   result         [count][blocks · BP_MATRIX_BLOCK], what the sums begin with and then the sums
//   result_stride  from one row of the result to the next, in numbers
//   count          of vectors
void bp_matrix_accumulate(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                          int64_t vector_stride, float *result, int64_t result_stride, int64_t count);

// Replaces each number that is not above zero by its product with `slope`.
void bp_matrix_rectify(float *numbers, int64_t count, float slope);

// How many variants of these functions this machine can run. The first needs nothing special; the others have wider registers, each wider ones
// than the variant before it. The functions above take the last.
int bp_matrix_variants(void);

// The same functions in the variant 0 … bp_matrix_variants() - 1, for tests.
void bp_matrix_accumulate_in(int variant, const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                             int64_t vector_stride, float *result, int64_t result_stride, int64_t count);
void bp_matrix_rectify_in(int variant, float *numbers, int64_t count, float slope);

#ifdef __cplusplus
}
#endif

#endif
