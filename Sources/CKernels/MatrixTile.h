// Products of a few rows with a packed matrix, and of the columns of two lots of rows: what a convolution does for one tile of places.
//
// A packed matrix has blocks of BP_BLOCK outputs, in each of which the weights of one input lie side by side: [block][input][BP_BLOCK]. Its last
// block is filled up with zeros.

#define BP_BLOCK (2 * BP_LANES)
// Rows times two registers of sums, one register of each for two of weights, and what is broadcast.
#define BP_ROWS (BP_REGISTERS == 32 ? 12 : 6)
#define BP_MOST_ROWS 12

BP_INLINE int64_t padded(int64_t count) { return (count + BP_BLOCK - 1) / BP_BLOCK * BP_BLOCK; }

int64_t BP_KERNEL(bp_matrix_packed_count)(int64_t inputs, int64_t outputs) { return inputs * padded(outputs); }

void BP_KERNEL(bp_matrix_pack)(const float *matrix, int64_t inputs, int64_t outputs, float *packed) {
  for (int64_t block = 0; block < outputs; block += BP_BLOCK) {
    for (int64_t input = 0; input < inputs; input++) {
      for (int64_t output = block; output < block + BP_BLOCK; output++) {
        *packed++ = output < outputs ? matrix[input * outputs + output] : 0;
      }
    }
  }
}

// The sums of one block of outputs for some rows.
BP_INLINE void multiply_rows(const int rows, const float *left, int64_t left_stride, const float *packed, int64_t inputs, const float *start,
                             float *result, int64_t result_stride) {
  lanes sums[2 * BP_MOST_ROWS];
#pragma unroll
  for (int r = 0; r < rows; r++) {
    sums[2 * r] = load(start);
    sums[2 * r + 1] = load(start + BP_LANES);
  }
  for (int64_t i = 0; i < inputs; i++, packed += BP_BLOCK) {
    const lanes first = load(packed), second = load(packed + BP_LANES);
#pragma unroll
    for (int r = 0; r < rows; r++) {
      const float value = left[r * left_stride + i];
      sums[2 * r] += first * value;
      sums[2 * r + 1] += second * value;
    }
  }
#pragma unroll
  for (int r = 0; r < rows; r++) {
    store(result + r * result_stride, sums[2 * r]);
    store(result + r * result_stride + BP_LANES, sums[2 * r + 1]);
  }
}

// result[row][o] = start[o] + Σ_i left[row][i] · packed[i][o], for whole blocks of outputs.
static void BP_KERNEL(multiply)(const float *left, int64_t rows, int64_t left_stride, const float *packed, int64_t inputs, int64_t outputs,
                                const float *start, float *result, int64_t result_stride) {
  for (int64_t block = 0; block < outputs; block += BP_BLOCK, packed += inputs * BP_BLOCK, start += BP_BLOCK, result += BP_BLOCK) {
    int64_t row = 0;
    for (; row + BP_ROWS <= rows; row += BP_ROWS) {
      multiply_rows(BP_ROWS, left + row * left_stride, left_stride, packed, inputs, start, result + row * result_stride, result_stride);
    }
    for (; row + 2 <= rows; row += 2) {
      multiply_rows(2, left + row * left_stride, left_stride, packed, inputs, start, result + row * result_stride, result_stride);
    }
    if (row < rows) multiply_rows(1, left + row * left_stride, left_stride, packed, inputs, start, result + row * result_stride, result_stride);
  }
}

// The products of some columns of the left with one or two registers of columns of the right, added over all rows.
BP_INLINE void add_columns(const int columns, const int registers, const float *left, int64_t left_stride, const float *right,
                           int64_t right_stride, int64_t rows, float *result, int64_t result_stride) {
  lanes sums[2 * BP_MOST_ROWS];
#pragma unroll
  for (int c = 0; c < columns; c++) {
#pragma unroll
    for (int r = 0; r < registers; r++) sums[c * registers + r] = load(result + c * result_stride + r * BP_LANES);
  }
  for (int64_t row = 0; row < rows; row++, left += left_stride, right += right_stride) {
    lanes values[2];
#pragma unroll
    for (int r = 0; r < registers; r++) values[r] = load(right + r * BP_LANES);
#pragma unroll
    for (int c = 0; c < columns; c++) {
      const float factor = left[c];
#pragma unroll
      for (int r = 0; r < registers; r++) sums[c * registers + r] += values[r] * factor;
    }
  }
#pragma unroll
  for (int c = 0; c < columns; c++) {
#pragma unroll
    for (int r = 0; r < registers; r++) store(result + c * result_stride + r * BP_LANES, sums[c * registers + r]);
  }
}

BP_INLINE void add_all_columns(const int registers, const float *left, int64_t left_stride, int64_t columns, const float *right,
                               int64_t right_stride, int64_t rows, float *result, int64_t result_stride) {
#define BP_ADD(count) add_columns(count, registers, left + column, left_stride, right, right_stride, rows, result + column * result_stride, result_stride)
  int64_t column = 0;
  for (; column + BP_ROWS <= columns; column += BP_ROWS) BP_ADD(BP_ROWS);
  if (column + 6 <= columns) {
    BP_ADD(6);
    column += 6;
  }
  if (column + 3 <= columns) {
    BP_ADD(3);
    column += 3;
  }
  for (; column < columns; column++) BP_ADD(1);
#undef BP_ADD
}

// result[l][r] += Σ_row left[row][l] · right[row][r]; `right_columns` is a multiple of BP_LANES.
static void BP_KERNEL(add_products)(const float *left, int64_t left_stride, int64_t left_columns, const float *right, int64_t right_stride,
                                    int64_t right_columns, int64_t rows, float *result, int64_t result_stride) {
  int64_t column = 0;
  for (; column + BP_BLOCK <= right_columns; column += BP_BLOCK) {
    add_all_columns(2, left, left_stride, left_columns, right + column, right_stride, rows, result + column, result_stride);
  }
  if (column < right_columns) {
    add_all_columns(1, left, left_stride, left_columns, right + column, right_stride, rows, result + column, result_stride);
  }
}
