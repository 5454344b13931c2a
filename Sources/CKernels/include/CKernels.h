// Fused kernels: what a training step and a coder do between the convolutions, in one pass over memory.
//
// Each kernel works on one chunk of a job, so that the caller can spread the chunks over threads. What a chunk computes does not depend on the
// threads: sums over chunks are left to the caller, who adds them in the order of the chunks. All numbers are 32-bit floats; the sums of products
// may be fused, so the last bits differ between instruction sets, as they do in libtorch.
#ifndef BENCHPRESSO_CKERNELS_H
#define BENCHPRESSO_CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The instruction set that the kernels use on this processor: "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2) or "base".
const char *bp_kernel_variant(void);

// The divisive normalizations and their inverses; see Normalization.h.
typedef struct {
  // Places are the N·H·W points of `[N, C, H, W]`. With `plane` 0 the channels of a place lie side by side (channels last); else `plane` is H·W
  // and the tensors are contiguous.
  int64_t channels, places, plane;
  // The places of one chunk; the last may have fewer.
  int64_t chunk_places;
  // r is the square, not the magnitude; f has the power ½, not 1; f multiplies instead of dividing.
  bool squares, root, inverse;
  const float *input;
  const float *numerator;  // u, or null for the input itself
  const float *constants;  // β, [C]
  const float *packed;     // γ transposed, packed: its inputs are the channels j
  float *output;           // y; backward: the gradient of the input, and of u where that is the input
  // Backward only:
  const float *gradient;           // of y
  const float *packed_back;        // γ, packed
  float *numerator_gradient;       // or null
  float *constants_gradient;       // [chunks, C]
  float *weights_gradient;         // [chunks, C, C]
} bp_normalization_job;

void bp_normalization(const void *job, int64_t chunk);
void bp_normalization_backward(const void *job, int64_t chunk);

// Strided convolutions and transposed ones; see Convolution.h.
typedef struct {
  int64_t pictures;
  int64_t wide_height, wide_width, wide_channels;
  int64_t narrow_height, narrow_width, narrow_channels;
  int64_t kernel, stride, padding;
  // The narrow rows of one chunk, or the wide rows where those are written; chunks of wide rows begin anew with each picture.
  int64_t chunk_rows;
  const float *wide, *narrow;
  const float *packed;
  const float *bias;  // or null
  float *output;
} bp_convolution_job;

// The sums of a row of the kernel fill a multiple of this many columns of the packed matrix of bp_convolution_scattered.
#define BP_GROUP 16

void bp_convolution_weight_gradient(const void *job, int64_t chunk);
void bp_convolution_of_patches(const void *job, int64_t chunk);
void bp_convolution_scattered(const void *job, int64_t chunk);
void bp_channel_sums(const void *job, int64_t chunk);

// Arranges a matrix [inputs, outputs] for the kernels; `packed` has bp_matrix_packed_count elements.
int64_t bp_matrix_packed_count(int64_t inputs, int64_t outputs);
void bp_matrix_pack(const float *matrix, int64_t inputs, int64_t outputs, float *packed);

#ifdef __cplusplus
}
#endif

#endif
