// Products of a few rows with a packed matrix, and the other way round: what a 1×1 convolution does for one tile of places.
//
// A packed matrix has blocks of BP_BLOCK outputs, in each of which the weights of one input lie side by side: [block][input][BP_BLOCK]. Its last
// block is filled up with zeros.

#undef BP_BLOCK
#undef BP_ROWS
#define BP_BLOCK (2 * BP_LANES)
// Rows times two registers of sums, one of each for the weights, and what is broadcast.
#define BP_ROWS (BP_REGISTERS == 32 ? 12 : 6)

BP_INLINE int64_t padded(int64_t channels) { return (channels + BP_BLOCK - 1) / BP_BLOCK * BP_BLOCK; }

// weights is [outputs = channels][inputs = channels], or its transpose.
BP_INLINE void pack(const float *weights, int64_t channels, bool transposed, float *packed) {
  const int64_t width = padded(channels);
  for (int64_t block = 0; block < width; block += BP_BLOCK) {
    for (int64_t input = 0; input < channels; input++) {
      for (int64_t output = block; output < block + BP_BLOCK; output++) {
        *packed++ = output >= channels ? 0 : transposed ? weights[input * channels + output] : weights[output * channels + input];
      }
    }
  }
}

BP_INLINE void multiply_some(const int rows, const float *left, int64_t stride, const float *packed, int64_t inputs, const float *start,
                             float *result) {
  lanes sums[2 * 12];
#pragma unroll
  for (int r = 0; r < rows; r++) {
    sums[2 * r] = load(start);
    sums[2 * r + 1] = load(start + BP_LANES);
  }
  for (int64_t i = 0; i < inputs; i++, packed += BP_BLOCK) {
    const lanes first = load(packed), second = load(packed + BP_LANES);
#pragma unroll
    for (int r = 0; r < rows; r++) {
      const float value = left[r * stride + i];
      sums[2 * r] += first * value;
      sums[2 * r + 1] += second * value;
    }
  }
#pragma unroll
  for (int r = 0; r < rows; r++) {
    store(result + r * stride, sums[2 * r]);
    store(result + r * stride + BP_LANES, sums[2 * r + 1]);
  }
}

// result[row][o] = start[o] + Σ_i left[row][i] · packed[i][o]; left and result are [rows][stride] with stride = padded(inputs).
static void BP_KERNEL(multiply)(const float *left, int64_t rows, int64_t stride, const float *packed, int64_t inputs, const float *start,
                                float *result) {
  for (int64_t block = 0; block < stride; block += BP_BLOCK, packed += inputs * BP_BLOCK) {
    int64_t row = 0;
    for (; row + BP_ROWS <= rows; row += BP_ROWS) {
      multiply_some(BP_ROWS, left + row * stride, stride, packed, inputs, start + block, result + row * stride + block);
    }
    for (; row + 2 <= rows; row += 2) {
      multiply_some(2, left + row * stride, stride, packed, inputs, start + block, result + row * stride + block);
    }
    if (row < rows) multiply_some(1, left + row * stride, stride, packed, inputs, start + block, result + row * stride + block);
  }
}

BP_INLINE void add_products_some(const int outputs, const float *left, const float *right, int64_t rows, int64_t stride, float *result) {
  lanes sums[2 * 12];
#pragma unroll
  for (int o = 0; o < outputs; o++) {
    sums[2 * o] = load(result + o * stride);
    sums[2 * o + 1] = load(result + o * stride + BP_LANES);
  }
  for (int64_t row = 0; row < rows; row++, left += stride, right += stride) {
    const lanes first = load(right), second = load(right + BP_LANES);
#pragma unroll
    for (int o = 0; o < outputs; o++) {
      const float value = left[o];
      sums[2 * o] += first * value;
      sums[2 * o + 1] += second * value;
    }
  }
#pragma unroll
  for (int o = 0; o < outputs; o++) {
    store(result + o * stride, sums[2 * o]);
    store(result + o * stride + BP_LANES, sums[2 * o + 1]);
  }
}

// result[o][i] += Σ_row left[row][o] · right[row][i]; all are [...][stride], result has `outputs` rows.
static void BP_KERNEL(add_products)(const float *left, const float *right, int64_t rows, int64_t stride, int64_t outputs, float *result) {
  for (int64_t block = 0; block < stride; block += BP_BLOCK) {
    int64_t o = 0;
    for (; o + BP_ROWS <= outputs; o += BP_ROWS) {
      add_products_some(BP_ROWS, left + o, right + block, rows, stride, result + o * stride + block);
    }
    for (; o < outputs; o++) add_products_some(1, left + o, right + block, rows, stride, result + o * stride + block);
  }
}
