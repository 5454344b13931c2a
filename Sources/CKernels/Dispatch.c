// Each kernel under its public name: the call goes to the widest variant that this processor has, or to one that is asked for.
#include "CKernels.h"

#define BP_OPEN(...) __VA_ARGS__

#if defined(__x86_64__)
int bp_kernel_variants(void) { return __builtin_cpu_supports("x86-64-v4") ? 3 : __builtin_cpu_supports("x86-64-v3") ? 2 : 1; }
#define BP_DECLARE(type, name, parameters) \
  type name##_v4 parameters;               \
  type name##_v3 parameters;               \
  type name##_base parameters;
#define BP_CALL(variant, name, arguments) ((variant) >= 2 ? name##_v4 arguments : (variant) == 1 ? name##_v3 arguments : name##_base arguments)
#else
int bp_kernel_variants(void) { return 1; }
#define BP_DECLARE(type, name, parameters) type name##_base parameters;
#define BP_CALL(variant, name, arguments) ((void)(variant), name##_base arguments)
#endif

#define BP_DISPATCH(type, name, parameters, arguments)                                                      \
  BP_DECLARE(type, name, parameters)                                                                        \
  type name##_in(int variant, BP_OPEN parameters) { return BP_CALL(variant, name, arguments); }             \
  type name parameters { return BP_CALL(bp_kernel_variants() - 1, name, arguments); }

const char *bp_kernel_variant(void) {
  static const char *const names[] = {"base", "x86-64-v3", "x86-64-v4"};
  return names[bp_kernel_variants() - 1];
}

BP_DISPATCH(void, bp_normalization, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_normalization_backward, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_convolution_weight_gradient, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_convolution_of_patches, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_convolution_scattered, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_channel_sums, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_deformable, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_deformable_weight_gradient, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_deformable_gradient, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_neighborhood, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_neighborhood_backward, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(int64_t, bp_matrix_packed_count, (int64_t inputs, int64_t outputs), (inputs, outputs))
BP_DISPATCH(void, bp_matrix_pack, (const float *matrix, int64_t inputs, int64_t outputs, float *packed), (matrix, inputs, outputs, packed))
BP_DISPATCH(void, bp_factorized_density, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_factorized_density_backward, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_gaussian_density, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_gaussian_density_backward, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_quantize, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_restore, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_window_attention, (const void *job, int64_t chunk), (job, chunk))
BP_DISPATCH(void, bp_exponential, (const float *values, int64_t count, float *results), (values, count, results))
BP_DISPATCH(void, bp_sigmoid, (const float *values, int64_t count, float *results), (values, count, results))
BP_DISPATCH(void, bp_hyperbolic_tangent, (const float *values, int64_t count, float *results), (values, count, results))
BP_DISPATCH(void, bp_complementary_error, (const float *values, int64_t count, float *results), (values, count, results))
