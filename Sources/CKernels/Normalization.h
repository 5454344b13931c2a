// The divisive normalizations: y = u · f(s) with s_i = β_i + Σ_j γ_ij · r(x_j), where r is the square or the magnitude, and f(s) is s to the
// power −½, −1, ½ or 1. u is x itself or a tensor of its own.
//
// A chunk goes over its places in tiles that stay in the cache: [places][channels filled up to whole blocks]. Backward computes s again, which
// costs less than to keep it.

enum { TILE = 60 };  // places; a multiple of BP_ROWS

BP_INLINE int64_t tile_elements(int64_t stride) { return TILE * stride; }

// The first place of a tile and how many there are, without crossing into the next picture.
BP_INLINE int64_t tile_rows(const bp_normalization_job *job, int64_t place, int64_t end) {
  int64_t rows = end - place < TILE ? end - place : TILE;
  if (job->plane > 0 && place % job->plane + rows > job->plane) rows = job->plane - place % job->plane;
  return rows;
}

// Copies places out of a tensor in either layout, or back into it.
BP_INLINE void load_places(const bp_normalization_job *job, const float *tensor, int64_t place, int64_t rows, int64_t stride, float *tile) {
  const int64_t channels = job->channels, plane = job->plane;
  if (plane == 0) {
    for (int64_t row = 0; row < rows; row++) memcpy(tile + row * stride, tensor + (place + row) * channels, channels * sizeof(float));
  } else {
    const float *first = tensor + place / plane * plane * channels + place % plane;
    for (int64_t channel = 0; channel < channels; channel++) {
      for (int64_t row = 0; row < rows; row++) tile[row * stride + channel] = first[channel * plane + row];
    }
  }
}

BP_INLINE void store_places(const bp_normalization_job *job, float *tensor, int64_t place, int64_t rows, int64_t stride, const float *tile) {
  const int64_t channels = job->channels, plane = job->plane;
  if (plane == 0) {
    for (int64_t row = 0; row < rows; row++) memcpy(tensor + (place + row) * channels, tile + row * stride, channels * sizeof(float));
  } else {
    float *first = tensor + place / plane * plane * channels + place % plane;
    for (int64_t channel = 0; channel < channels; channel++) {
      for (int64_t row = 0; row < rows; row++) first[channel * plane + row] = tile[row * stride + channel];
    }
  }
}

BP_INLINE lanes rectified(lanes value, bool squares) {
  return squares ? value * value : (lanes)((lanes_int)value & 0x7fffffff);
}

// f(s) and, where it is asked for, its derivative.
BP_INLINE lanes factor(lanes sum, bool root, bool inverse, lanes *derivative) {
  if (root) {
    const lanes square_root = __builtin_elementwise_sqrt(sum), reciprocal = 1.0f / square_root;
    if (derivative) *derivative = inverse ? 0.5f * reciprocal : -0.5f * reciprocal * reciprocal * reciprocal;
    return inverse ? square_root : reciprocal;
  }
  if (inverse) {
    if (derivative) *derivative = all(1);
    return sum;
  }
  const lanes reciprocal = 1.0f / sum;
  if (derivative) *derivative = -reciprocal * reciprocal;
  return reciprocal;
}

// Padding channels divide by one.
BP_INLINE void start_sums(const bp_normalization_job *job, int64_t stride, float *start) {
  for (int64_t channel = 0; channel < stride; channel++) start[channel] = channel < job->channels ? job->constants[channel] : 1;
}

void BP_KERNEL(bp_normalization)(const void *given, int64_t chunk) {
  const bp_normalization_job *const job = given;
  const bool squares = job->squares, root = job->root, inverse = job->inverse;
  const int64_t stride = padded(job->channels), size = tile_elements(stride);
  float *const inputs = bp_scratch(4 * size + stride);
  float *const squared = inputs + size, *const sums = squared + size, *const numerators = sums + size, *const start = numerators + size;
  start_sums(job, stride, start);
  const int64_t first = chunk * job->chunk_places, last = first + job->chunk_places;
  const int64_t end = last < job->places ? last : job->places;
  for (int64_t place = first, rows; place < end; place += rows) {
    rows = tile_rows(job, place, end);
    load_places(job, job->input, place, rows, stride, inputs);
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) store(squared + i, rectified(load(inputs + i), squares));
    BP_KERNEL(multiply)(squared, rows, stride, job->packed, job->channels, start, sums);
    const float *own = inputs;
    if (job->numerator) {
      load_places(job, job->numerator, place, rows, stride, numerators);
      own = numerators;
    }
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) {
      store(sums + i, load(own + i) * factor(load(sums + i), root, inverse, NULL));
    }
    store_places(job, job->output, place, rows, stride, sums);
  }
  free(inputs);
}

void BP_KERNEL(bp_normalization_backward)(const void *given, int64_t chunk) {
  const bp_normalization_job *const job = given;
  const bool squares = job->squares, root = job->root, inverse = job->inverse;
  const int64_t channels = job->channels, stride = padded(channels), size = tile_elements(stride);
  float *const inputs = bp_scratch(5 * size + (channels + 3) * stride);
  float *const squared = inputs + size, *const sums = squared + size, *const numerators = sums + size, *const gradients = numerators + size;
  float *const start = gradients + size, *const none = start + stride, *const constants = none + stride, *const weights = constants + stride;
  start_sums(job, stride, start);
  const int64_t first = chunk * job->chunk_places, last = first + job->chunk_places;
  const int64_t end = last < job->places ? last : job->places;
  for (int64_t place = first, rows; place < end; place += rows) {
    rows = tile_rows(job, place, end);
    load_places(job, job->input, place, rows, stride, inputs);
    load_places(job, job->gradient, place, rows, stride, gradients);
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) store(squared + i, rectified(load(inputs + i), squares));
    BP_KERNEL(multiply)(squared, rows, stride, job->packed, channels, start, sums);
    const float *own = inputs;
    if (job->numerator) {
      load_places(job, job->numerator, place, rows, stride, numerators);
      own = numerators;
    }
    // gradients becomes ∂u, sums becomes ∂s.
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t i = row * stride, channel = 0; channel < stride; i += BP_LANES, channel += BP_LANES) {
        lanes derivative;
        const lanes value = factor(load(sums + i), root, inverse, &derivative), gradient = load(gradients + i);
        const lanes of_sum = gradient * load(own + i) * derivative;
        store(gradients + i, gradient * value);
        store(sums + i, of_sum);
        store(constants + channel, load(constants + channel) + of_sum);
      }
    }
    BP_KERNEL(add_products)(sums, squared, rows, stride, channels, weights);
    // The rectified inputs are no longer needed: their gradients take the place.
    BP_KERNEL(multiply)(sums, rows, stride, job->packed_transposed, channels, none, squared);
    const bool adds = job->numerator == NULL;
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) {
      const lanes value = load(inputs + i), gradient = load(squared + i);
      const lanes slope = squares ? 2.0f * value : choose(value > 0, all(1), choose(value < 0, all(-1), all(0)));
      store(inputs + i, slope * gradient + (adds ? load(gradients + i) : all(0)));
    }
    store_places(job, job->output, place, rows, stride, inputs);
    if (job->numerator_gradient) store_places(job, job->numerator_gradient, place, rows, stride, gradients);
  }
  memcpy(job->constants_gradient + chunk * channels, constants, channels * sizeof(float));
  for (int64_t o = 0; o < channels; o++) {
    memcpy(job->weights_gradient + (chunk * channels + o) * channels, weights + o * stride, channels * sizeof(float));
  }
  free(inputs);
}

int64_t BP_KERNEL(bp_normalization_packed_count)(int64_t channels) { return padded(channels) * channels; }

void BP_KERNEL(bp_normalization_pack)(const float *weights, int64_t channels, bool transposed, float *packed) {
  pack(weights, channels, transposed, packed);
}
