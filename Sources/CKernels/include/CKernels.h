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

void bp_convolution_weight_gradient(const void *job, int64_t chunk);
void bp_convolution_of_patches(const void *job, int64_t chunk);
void bp_convolution_scattered(const void *job, int64_t chunk);
void bp_channel_sums(const void *job, int64_t chunk);

// Convolutions whose kernel points are shifted by offsets; see Deformable.h.
enum { BP_DEFORMABLE_PIECE = 32 };  // channels, at most

typedef struct {
  // Tensors have their channels last.
  int64_t pictures, height, width, channels;
  int64_t output_height, output_width, output_channels;
  int64_t kernel_height, kernel_width, stride, padding, dilation;
  // How many parts of the channels have weights of their own, and how many offsets of their own.
  int64_t groups, offset_groups;
  int64_t chunk_places;  // of the output, over all pictures, in one chunk; the last may have fewer
  const float *input;
  const float *offsets;  // [places, offset groups, points, 2]: (row, column)
  const float *masks;    // [places, offset groups, points], or null for ones
  const float *packed;   // of each group the matrix [points · channels, outputs]; null for sums of each channel over the points
  const float *bias;     // or null
  float *output;
  // Backward only:
  const float *gradient;
  float *weights_gradient;  // [chunks, groups, points · channels, outputs]
  // The channels in which neither group changes, and the pieces of all of them; a chunk of the input's gradient is a piece of a picture.
  int64_t unit, pieces;
  const float *packed_back;  // of each piece and point the matrix [outputs, channels]; null as above
  float *input_gradient;     // added to
  float *point_gradient;     // [pieces, places, points, 3]: by the row, the column and the mask
} bp_deformable_job;

void bp_deformable(const void *job, int64_t chunk);
void bp_deformable_weight_gradient(const void *job, int64_t chunk);
void bp_deformable_gradient(const void *job, int64_t chunk);

// Attention of each place to the k×k places around it; see Neighborhood.h.
typedef struct {
  int64_t pictures, heads, features, height, width;  // the features of one head
  int64_t kernel;                                    // k, odd and at least 3
  // The rows of one chunk in the forward direction; chunks begin anew with each head of each picture. Backward a chunk is a head of a picture.
  int64_t chunk_rows;
  float scale;
  const float *input;  // queries, keys and values, [pictures, 3, heads, features, H, W]
  const float *bias;   // [heads, 2·k − 1, 2·k − 1], for each offset of the key from the query
  float *output;       // [pictures, heads, features, H, W]; backward: the gradient of the input
  // Backward only:
  const float *gradient;  // of the output
  float *bias_gradient;   // [pictures, heads, 2·k − 1, 2·k − 1]
} bp_neighborhood_job;

void bp_neighborhood(const void *job, int64_t chunk);
void bp_neighborhood_backward(const void *job, int64_t chunk);

// Arranges a matrix [inputs, outputs] for the kernels; `packed` has bp_matrix_packed_count elements.
int64_t bp_matrix_packed_count(int64_t inputs, int64_t outputs);
void bp_matrix_pack(const float *matrix, int64_t inputs, int64_t outputs, float *packed);

// The likelihoods under a learned density for each channel; see FactorizedDensity.h.
enum {
  BP_DENSITY_STAGES = 8,     // at most
  BP_DENSITY_WIDTH = 8,      // at most, between two stages
  BP_DENSITY_CHANNELS = 16,  // of one chunk; the last may have fewer
};

typedef struct {
  // The tensors are `[N, C, H, W]` without gaps; `plane` is H·W.
  int64_t samples, channels, plane;
  bool channels_last;
  // The N·H·W places are cut into parts; there are as many chunks as parts times groups of channels.
  int64_t parts, part_places;
  int32_t stages;
  int32_t widths[BP_DENSITY_STAGES + 1];  // the first and the last are 1
  int64_t parameter_count;                // of one channel, P
  const float *values;
  const float *parameters;  // [C, P]: of each stage softplus(H) row by row, b, and but in the last tanh(a)
  float bound;
  float *output;  // the likelihoods; backward: the gradient of the values
  // Backward only:
  const float *gradient;       // of the likelihoods
  float *parameters_gradient;  // [parts, C, P]
} bp_factorized_density_job;

void bp_factorized_density(const void *job, int64_t chunk);
void bp_factorized_density_backward(const void *job, int64_t chunk);

// The likelihoods under Gaussians convolved with a box; see GaussianDensity.h.
typedef struct {
  // Each tensor has `rows` rows of `length` elements side by side, and from one row to the next its own distance; results have no gaps.
  int64_t rows, length;
  int64_t chunk_elements;  // of one chunk; the last may have fewer
  const float *values, *scales, *means;  // no means are zero
  int64_t values_distance, scales_distance, means_distance;
  float scale_bound, bound;
  float *output;  // the likelihoods; backward: the gradient of the values
  // Backward only:
  const float *gradient;  // of the likelihoods, without gaps
  float *scales_gradient;
  float *means_gradient;  // or null
} bp_gaussian_density_job;

void bp_gaussian_density(const void *job, int64_t chunk);
void bp_gaussian_density_backward(const void *job, int64_t chunk);

// A tensor `[N, C, places]` of any order: how far apart its elements are along each dimension.
typedef struct {
  const float *elements;  // or null for none
  int64_t sample, channel, place;
} bp_strided;

// What an entropy coder takes, and what a decoder makes of it; see Quantization.h.
typedef struct {
  int64_t samples, channels, places;
  bp_strided latent, centers, scales;
  // Results in row-major order, or null:
  int32_t *symbols;  // round(latent − center); given where values are restored
  float *values;     // symbol + center
  int32_t *indexes;  // how many boundaries are less than the scale
  const float *boundaries;  // increasing
  int64_t boundary_count;
  float scale_bound;  // scales below count as this
  bool *uncodable;    // [chunks]: whether some element has no symbol
} bp_quantization_job;

enum { BP_QUANTIZATION_CHANNELS = 16 };  // of one sample, in one chunk; the last may have fewer

void bp_quantize(const void *job, int64_t chunk);
void bp_restore(const void *job, int64_t chunk);

// Attention within windows; see WindowAttention.h.
typedef struct {
  int64_t pictures, height, width, heads, head;  // d numbers of a head
  // The side of a window, and that of the first ones where the windows are moved; 0 where they are not.
  int64_t window, shift;
  int64_t chunk_windows;  // of one chunk; the last may have fewer
  float scale;            // s
  const float *tokens;    // [N, H, W, 3, heads, d]: queries, keys and values
  const float *table;     // b, [2·w − 1, 2·w − 1, heads]
  float *output;          // [N, H, W, heads, d]; backward: the gradient of the tokens
  // Backward only:
  const float *gradient;  // of the output
  float *table_gradient;  // [chunks, 2·w − 1, 2·w − 1, heads]
} bp_window_attention_job;

// Backward where there is a gradient.
void bp_window_attention(const void *job, int64_t chunk);

// The functions of Functions.h over arrays.
void bp_exponential(const float *values, int64_t count, float *results);
void bp_sigmoid(const float *values, int64_t count, float *results);
void bp_hyperbolic_tangent(const float *values, int64_t count, float *results);
void bp_complementary_error(const float *values, int64_t count, float *results);

// How many variants of the kernels this machine can run. The first needs nothing special; the others have wider registers, each wider ones than the
// variant before it. The functions above take the last.
int bp_kernel_variants(void);

// The same functions in the variant 0 … bp_kernel_variants() - 1, for tests. A packed matrix belongs to the variant that packed it.
void bp_normalization_in(int variant, const void *job, int64_t chunk);
void bp_normalization_backward_in(int variant, const void *job, int64_t chunk);
void bp_convolution_weight_gradient_in(int variant, const void *job, int64_t chunk);
void bp_convolution_of_patches_in(int variant, const void *job, int64_t chunk);
void bp_convolution_scattered_in(int variant, const void *job, int64_t chunk);
void bp_channel_sums_in(int variant, const void *job, int64_t chunk);
void bp_deformable_in(int variant, const void *job, int64_t chunk);
void bp_deformable_weight_gradient_in(int variant, const void *job, int64_t chunk);
void bp_deformable_gradient_in(int variant, const void *job, int64_t chunk);
int64_t bp_matrix_packed_count_in(int variant, int64_t inputs, int64_t outputs);
void bp_matrix_pack_in(int variant, const float *matrix, int64_t inputs, int64_t outputs, float *packed);
void bp_factorized_density_in(int variant, const void *job, int64_t chunk);
void bp_factorized_density_backward_in(int variant, const void *job, int64_t chunk);
void bp_gaussian_density_in(int variant, const void *job, int64_t chunk);
void bp_gaussian_density_backward_in(int variant, const void *job, int64_t chunk);
void bp_neighborhood_in(int variant, const void *job, int64_t chunk);
void bp_neighborhood_backward_in(int variant, const void *job, int64_t chunk);
void bp_quantize_in(int variant, const void *job, int64_t chunk);
void bp_restore_in(int variant, const void *job, int64_t chunk);
void bp_window_attention_in(int variant, const void *job, int64_t chunk);
void bp_exponential_in(int variant, const float *values, int64_t count, float *results);
void bp_sigmoid_in(int variant, const float *values, int64_t count, float *results);
void bp_hyperbolic_tangent_in(int variant, const float *values, int64_t count, float *results);
void bp_complementary_error_in(int variant, const float *values, int64_t count, float *results);

#ifdef __cplusplus
}
#endif

#endif
