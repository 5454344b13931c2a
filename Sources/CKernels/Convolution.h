// Parts of a strided convolution with few channels on one side, and the gradient of the weights of any.
//
// The wide tensor is the one with more places, [N, H, W, A]; the narrow one [N, H', W', B] lies in its grid: place x' of the narrow meets the
// places stride·x' − padding … stride·x' − padding + kernel − 1 of the wide. The wide one is the input of a convolution and the output of a
// transposed one. All tensors have their channels last, so that the values of a row of the kernel lie side by side.

enum { CONVOLUTION_TILE = 48 };  // places of the narrow row; a multiple of BP_ROWS

// How many places of a padded wide row the narrow row meets.
BP_INLINE int64_t met_places(const bp_convolution_job *job) { return job->stride * (job->narrow_width - 1) + job->kernel; }

BP_INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
BP_INLINE int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

// The rows of the wide tensor that a narrow row meets, each between margins of zeros. Neighbouring narrow rows share most of them.
typedef struct {
  float *rows;      // [kernel][length]
  int64_t *places;  // the row of the tensor, counted over all pictures, that each of them holds; −1 for none
  int64_t length;
} BP_KERNEL(wide_rows);

BP_INLINE BP_KERNEL(wide_rows) wide_rows(const bp_convolution_job *job) {
  BP_KERNEL(wide_rows) rows;
  // A register may reach beyond the end.
  rows.length = met_places(job) * job->wide_channels + BP_LANES;
  rows.rows = bp_scratch(job->kernel * rows.length);
  rows.places = (int64_t *)bp_scratch(2 * job->kernel);
  for (int64_t i = 0; i < job->kernel; i++) rows.places[i] = -1;
  return rows;
}

BP_INLINE void release(BP_KERNEL(wide_rows) rows) {
  free(rows.rows);
  free(rows.places);
}

// The row that `ky` of a narrow row meets; null where it lies outside.
BP_INLINE const float *wide_row(const bp_convolution_job *job, BP_KERNEL(wide_rows) rows, int64_t narrow_row, int64_t ky) {
  const int64_t picture = narrow_row / job->narrow_height, row = narrow_row % job->narrow_height * job->stride + ky - job->padding;
  if (row < 0 || row >= job->wide_height) return NULL;
  float *const buffer = rows.rows + row % job->kernel * rows.length;
  const int64_t place = picture * job->wide_height + row;
  if (rows.places[row % job->kernel] != place) {
    rows.places[row % job->kernel] = place;
    const int64_t count = least(met_places(job) - job->padding, job->wide_width);
    const float *source = job->wide + place * job->wide_width * job->wide_channels;
    if (count > 0) memcpy(buffer + job->padding * job->wide_channels, source, count * job->wide_channels * sizeof(float));
  }
  return buffer;
}

// output[chunk][ky][kx·A + a][b] = Σ wide[stride·place + k − padding][a] · narrow[place][b] over the places of a chunk of narrow rows.
void BP_KERNEL(bp_convolution_weight_gradient)(const void *given, int64_t chunk) {
  const bp_convolution_job *const job = given;
  const int64_t channels = job->narrow_channels, places = job->narrow_width, columns = job->kernel * job->wide_channels;
  const int64_t stride = (channels + BP_LANES - 1) / BP_LANES * BP_LANES, rows = job->pictures * job->narrow_height;
  const BP_KERNEL(wide_rows) wide = wide_rows(job);
  float *const sums = bp_scratch(job->kernel * columns * stride + places * stride), *const aligned = sums + job->kernel * columns * stride;
  for (int64_t row = chunk * job->chunk_rows; row < least(rows, (chunk + 1) * job->chunk_rows); row++) {
    const float *narrow = job->narrow + row * places * channels;
    if (stride != channels) {
      for (int64_t place = 0; place < places; place++) memcpy(aligned + place * stride, narrow + place * channels, channels * sizeof(float));
      narrow = aligned;
    }
    for (int64_t ky = 0; ky < job->kernel; ky++) {
      const float *met = wide_row(job, wide, row, ky);
      if (met == NULL) continue;
      BP_KERNEL(add_products)(met, job->stride * job->wide_channels, columns, narrow, stride, stride, places, sums + ky * columns * stride, stride);
    }
  }
  float *output = job->output + chunk * job->kernel * columns * channels;
  for (int64_t i = 0; i < job->kernel * columns; i++) memcpy(output + i * channels, sums + i * stride, channels * sizeof(float));
  free(sums);
  release(wide);
}

// The sums of one block of outputs for some places, whose patches are read where they lie: `met` are the rows of the kernel.
BP_INLINE void multiply_patches(const int places, const float *const *met, int64_t offset, int64_t distance, int64_t kernel, int64_t columns,
                                const float *packed, const float *start, float *result, int64_t result_stride) {
  lanes sums[2 * BP_MOST_ROWS];
#pragma unroll
  for (int p = 0; p < places; p++) {
    sums[2 * p] = load(start);
    sums[2 * p + 1] = load(start + BP_LANES);
  }
  for (int64_t ky = 0; ky < kernel; ky++) {
    const float *row = met[ky] + offset;
    for (int64_t column = 0; column < columns; column++, packed += BP_BLOCK) {
      const lanes first = load(packed), second = load(packed + BP_LANES);
#pragma unroll
      for (int p = 0; p < places; p++) {
        const float value = row[p * distance + column];
        sums[2 * p] += first * value;
        sums[2 * p + 1] += second * value;
      }
    }
  }
#pragma unroll
  for (int p = 0; p < places; p++) {
    store(result + p * result_stride, sums[2 * p]);
    store(result + p * result_stride + BP_LANES, sums[2 * p + 1]);
  }
}

// narrow[place][b] = bias[b] + Σ_k,a wide[stride·place + k − padding][a] · packed[ky][kx·A + a][b] for a chunk of narrow rows.
void BP_KERNEL(bp_convolution_of_patches)(const void *given, int64_t chunk) {
  const bp_convolution_job *const job = given;
  const int64_t channels = job->narrow_channels, places = job->narrow_width, kernel = job->kernel, columns = kernel * job->wide_channels;
  const int64_t outputs = padded(channels), rows = job->pictures * job->narrow_height, distance = job->stride * job->wide_channels;
  const bool fits = outputs == channels;
  const BP_KERNEL(wide_rows) wide = wide_rows(job);
  float *const none = bp_scratch(wide.length + outputs + (fits ? 0 : places * outputs));
  float *const start = none + wide.length, *const sums = start + outputs;
  const float **const met = (const float **)bp_scratch(2 * kernel);
  if (job->bias) memcpy(start, job->bias, channels * sizeof(float));
  for (int64_t row = chunk * job->chunk_rows; row < least(rows, (chunk + 1) * job->chunk_rows); row++) {
    for (int64_t ky = 0; ky < kernel; ky++) {
      const float *found = wide_row(job, wide, row, ky);
      met[ky] = found ? found : none;
    }
    float *const output = job->output + row * places * channels, *const target = fits ? output : sums;
    for (int64_t block = 0; block < outputs; block += BP_BLOCK) {
      const float *packed = job->packed + block * kernel * columns;
      int64_t place = 0;
#define BP_PLACES(count) \
  multiply_patches(count, met, place * distance, distance, kernel, columns, packed, start + block, target + place * outputs + block, outputs)
      for (; place + BP_ROWS <= places; place += BP_ROWS) BP_PLACES(BP_ROWS);
      for (; place + 2 <= places; place += 2) BP_PLACES(2);
      if (place < places) BP_PLACES(1);
#undef BP_PLACES
    }
    if (!fits) {
      for (int64_t place = 0; place < places; place++) memcpy(output + place * channels, sums + place * outputs, channels * sizeof(float));
    }
  }
  free(met);
  free(none);
  release(wide);
}

// Writes the first numbers of a register and nothing beyond, which the next load may need: it would have to wait for such a store.
BP_INLINE void store_some(float *address, lanes value, int64_t count) {
  if (count >= BP_LANES) {
    store(address, value);
    return;
  }
  int64_t i = 0;
  for (; i + 4 <= count; i += 4) memcpy(address + i, (const float *)&value + i, 4 * sizeof(float));
  for (; i < count; i++) address[i] = value[i];
}

// wide[stride·place + k − padding][a] += Σ_b narrow[place][b] · packed[b][ky][kx·A + a], plus bias[a], for a chunk of wide rows of one picture.
//
// A step is the stride·A values by which neighbouring places lie apart in the wide row. The products of a row of the kernel fill whole steps, as
// many as `steps`; so a step of the wide row is the sum of one step of each of `steps` neighbouring places, and is written once.
void BP_KERNEL(bp_convolution_scattered)(const void *given, int64_t chunk) {
  const bp_convolution_job *const job = given;
  const int64_t channels = job->narrow_channels, places = job->narrow_width;
  const int64_t step = job->stride * job->wide_channels, steps = (job->kernel + job->stride - 1) / job->stride, group = steps * step;
  const int64_t outputs = padded(job->kernel * group);
  const int64_t chunks = (job->wide_height + job->chunk_rows - 1) / job->chunk_rows, picture = chunk / chunks;
  const int64_t first = chunk % chunks * job->chunk_rows, end = least(job->wide_height, first + job->chunk_rows);
  const int64_t width = most((places - 1) * step + group, (job->padding + job->wide_width) * job->wide_channels) + BP_LANES;
  float *const rows = bp_scratch((end - first) * width + CONVOLUTION_TILE * outputs + BP_LANES + outputs);
  if (job->bias) {
    for (int64_t i = 0; i + job->wide_channels <= width; i += job->wide_channels) memcpy(rows + i, job->bias, job->wide_channels * sizeof(float));
    for (int64_t row = 1; row < end - first; row++) memcpy(rows + row * width, rows, width * sizeof(float));
  }
  float *const products = rows + (end - first) * width, *const none = products + CONVOLUTION_TILE * outputs + BP_LANES;
  const int64_t lower = first + job->padding - job->kernel + 1;
  for (int64_t row = lower <= 0 ? 0 : (lower + job->stride - 1) / job->stride; row < job->narrow_height; row++) {
    const int64_t top = row * job->stride - job->padding;
    if (top >= end) break;
    const float *narrow = job->narrow + (picture * job->narrow_height + row) * places * channels;
    for (int64_t place = 0; place < places; place += CONVOLUTION_TILE) {
      const int64_t count = least(places - place, CONVOLUTION_TILE);
      BP_KERNEL(multiply)(narrow + place * channels, count, channels, job->packed, channels, outputs, none, products, outputs);
      for (int64_t ky = 0; ky < job->kernel; ky++) {
        if (top + ky < first || top + ky >= end) continue;
        float *target = rows + (top + ky - first) * width + place * step;
        for (int64_t i = 0; i < count + steps - 1; i++, target += step) {
          const int64_t from = most(0, i - count + 1), to = least(steps - 1, i);
          const float *own = products + i * outputs + ky * group;
          for (int64_t lane = 0; lane < step; lane += BP_LANES) {
            lanes sum = load(target + lane);
            for (int64_t d = from; d <= to; d++) sum += load(own + d * (step - outputs) + lane);
            store_some(target + lane, sum, step - lane);
          }
        }
      }
    }
  }
  for (int64_t row = first; row < end; row++) {
    const float *source = rows + (row - first) * width + job->padding * job->wide_channels;
    float *target = job->output + (picture * job->wide_height + row) * job->wide_width * job->wide_channels;
    memcpy(target, source, job->wide_width * job->wide_channels * sizeof(float));
  }
  free(rows);
}

// output[chunk][b] = Σ narrow[place][b] over a chunk of narrow rows.
void BP_KERNEL(bp_channel_sums)(const void *given, int64_t chunk) {
  const bp_convolution_job *const job = given;
  const int64_t channels = job->narrow_channels, rows = job->pictures * job->narrow_height;
  const int64_t first = chunk * job->chunk_rows, end = least(rows, first + job->chunk_rows);
  float *const output = job->output + chunk * channels;
  memset(output, 0, channels * sizeof(float));
  for (int64_t row = first; row < end; row++) {
    const float *narrow = job->narrow + row * job->narrow_width * channels;
    // Sums of rows first: a sum of all places one after the other would lose digits.
    int64_t channel = 0;
    for (; channel + BP_BLOCK <= channels; channel += BP_BLOCK) {
      lanes one = {0}, two = {0};
      for (int64_t place = 0; place < job->narrow_width; place++) {
        one += load(narrow + place * channels + channel);
        two += load(narrow + place * channels + channel + BP_LANES);
      }
      store(output + channel, load(output + channel) + one);
      store(output + channel + BP_LANES, load(output + channel + BP_LANES) + two);
    }
    for (; channel < channels; channel++) {
      float one = 0;
      for (int64_t place = 0; place < job->narrow_width; place++) one += narrow[place * channels + channel];
      output[channel] += one;
    }
  }
}
