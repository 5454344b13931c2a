// Each product under its public name: the call goes to the widest variant that this processor has, or to one that is asked for.
#include "CMatrix.h"

#define BP_DECLARE(variant)                                                                                                                 \
  void bp_matrix_accumulate_##variant(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,    \
                                      int64_t vector_stride, float *result, int64_t result_stride, int64_t count);                         \
  void bp_matrix_rectify_##variant(float *numbers, int64_t count, float slope);

BP_DECLARE(base)
#if defined(__x86_64__)
BP_DECLARE(avx2)
BP_DECLARE(v4)
int bp_matrix_variants(void) { return __builtin_cpu_supports("x86-64-v4") ? 3 : __builtin_cpu_supports("avx2") ? 2 : 1; }
#define BP_CALL(variant, name, arguments)     \
  if ((variant) >= 2) {                       \
    name##_v4 arguments;                      \
  } else if ((variant) == 1) {                \
    name##_avx2 arguments;                    \
  } else {                                    \
    name##_base arguments;                    \
  }
#else
int bp_matrix_variants(void) { return 1; }
#define BP_CALL(variant, name, arguments) \
  (void)(variant);                        \
  name##_base arguments;
#endif

void bp_matrix_accumulate_in(int variant, const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                             int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  BP_CALL(variant, bp_matrix_accumulate,
          (weights, block_stride, blocks, inputs, vectors, vector_stride, result, result_stride, count))
}

void bp_matrix_accumulate(const float *weights, int64_t block_stride, int64_t blocks, int64_t inputs, const float *vectors,
                          int64_t vector_stride, float *result, int64_t result_stride, int64_t count) {
  bp_matrix_accumulate_in(bp_matrix_variants() - 1, weights, block_stride, blocks, inputs, vectors, vector_stride, result, result_stride,
                          count);
}

void bp_matrix_rectify_in(int variant, float *numbers, int64_t count, float slope) {
  BP_CALL(variant, bp_matrix_rectify, (numbers, count, slope))
}

void bp_matrix_rectify(float *numbers, int64_t count, float slope) { bp_matrix_rectify_in(bp_matrix_variants() - 1, numbers, count, slope); }
