// The divisive normalizations: y = u · f(s) with s_i = β_i + Σ_j γ_ij · r(x_j), where r is the square or the magnitude, and f(s) is s to the
// power −½, −1, ½ or 1. u is x itself or a tensor of its own.
//
// A chunk goes over its places in tiles that stay in the cache: [places][channels filled up to whole blocks]. Backward computes s again, which
// costs less than to keep it.

enum { TILE = 60 };  // places; a multiple of BP_ROWS

// The first place of a tile and how many there are, without crossing into the next picture.
BP_INLINE int64_t tile_rows(const bp_normalization_job *job, int64_t place, int64_t end) {
  int64_t rows = end - place < TILE ? end - place : TILE;
  if (job->plane > 0 && place % job->plane + rows > job->plane) rows = job->plane - place % job->plane;
  return rows;
}

// Whether tiles have the layout of the tensors, so that nothing needs to be copied.
BP_INLINE bool lies_as_tiles(const bp_normalization_job *job, int64_t stride) { return job->plane == 0 && stride == job->channels; }

// Returns places of a tensor, copied to `tile` where they lie otherwise.
BP_INLINE const float *places_of(const bp_normalization_job *job, const float *tensor, int64_t place, int64_t rows, int64_t stride,
                                 float *tile) {
  const int64_t channels = job->channels, plane = job->plane;
  if (lies_as_tiles(job, stride)) return tensor + place * channels;
  if (plane == 0) {
    for (int64_t row = 0; row < rows; row++) memcpy(tile + row * stride, tensor + (place + row) * channels, channels * sizeof(float));
  } else {
    const float *first = tensor + place / plane * plane * channels + place % plane;
    for (int64_t channel = 0; channel < channels; channel++) {
      for (int64_t row = 0; row < rows; row++) tile[row * stride + channel] = first[channel * plane + row];
    }
  }
  return tile;
}

// Where to write places, and what brings them into the tensor afterwards.
BP_INLINE float *target_of(const bp_normalization_job *job, float *tensor, int64_t place, int64_t stride, float *tile) {
  return lies_as_tiles(job, stride) ? tensor + place * job->channels : tile;
}

BP_INLINE void store_places(const bp_normalization_job *job, float *tensor, int64_t place, int64_t rows, int64_t stride, const float *tile) {
  const int64_t channels = job->channels, plane = job->plane;
  if (lies_as_tiles(job, stride)) return;
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
  const int64_t stride = padded(job->channels), size = TILE * stride;
  float *const squared = bp_scratch(4 * size + stride);
  float *const inputs = squared + size, *const numerators = inputs + size, *const outputs = numerators + size, *const start = outputs + size;
  start_sums(job, stride, start);
  const int64_t first = chunk * job->chunk_places, last = first + job->chunk_places;
  const int64_t end = last < job->places ? last : job->places;
  for (int64_t place = first, rows; place < end; place += rows) {
    rows = tile_rows(job, place, end);
    const float *input = places_of(job, job->input, place, rows, stride, inputs);
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) store(squared + i, rectified(load(input + i), squares));
    float *output = target_of(job, job->output, place, stride, outputs);
    BP_KERNEL(multiply)(squared, rows, stride, job->packed, job->channels, stride, start, output, stride);
    const float *own = job->numerator ? places_of(job, job->numerator, place, rows, stride, numerators) : input;
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) {
      store(output + i, load(own + i) * factor(load(output + i), root, inverse, NULL));
    }
    store_places(job, job->output, place, rows, stride, output);
  }
  free(squared);
}

void BP_KERNEL(bp_normalization_backward)(const void *given, int64_t chunk) {
  const bp_normalization_job *const job = given;
  const bool squares = job->squares, root = job->root, inverse = job->inverse;
  const int64_t channels = job->channels, stride = padded(channels), size = TILE * stride;
  float *const squared = bp_scratch(7 * size + (channels + 3) * stride);
  float *const sums = squared + size, *const inputs = sums + size, *const numerators = inputs + size, *const gradients = numerators + size;
  float *const outputs = gradients + size, *const of_numerators = outputs + size;
  float *const start = of_numerators + size, *const none = start + stride, *const constants = none + stride, *const weights = constants + stride;
  start_sums(job, stride, start);
  const int64_t first = chunk * job->chunk_places, last = first + job->chunk_places;
  const int64_t end = last < job->places ? last : job->places;
  for (int64_t place = first, rows; place < end; place += rows) {
    rows = tile_rows(job, place, end);
    const float *input = places_of(job, job->input, place, rows, stride, inputs);
    const float *gradient = places_of(job, job->gradient, place, rows, stride, gradients);
    const float *own = job->numerator ? places_of(job, job->numerator, place, rows, stride, numerators) : input;
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) store(squared + i, rectified(load(input + i), squares));
    BP_KERNEL(multiply)(squared, rows, stride, job->packed, channels, stride, start, sums, stride);
    // The gradient of u, and that of s in the place of s.
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t i = row * stride, channel = 0; channel < stride; i += BP_LANES, channel += BP_LANES) {
        lanes derivative;
        const lanes value = factor(load(sums + i), root, inverse, &derivative), of_output = load(gradient + i);
        const lanes of_sum = of_output * load(own + i) * derivative;
        store(of_numerators + i, of_output * value);
        store(sums + i, of_sum);
        store(constants + channel, load(constants + channel) + of_sum);
      }
    }
    BP_KERNEL(add_products)(sums, stride, channels, squared, stride, stride, rows, weights, stride);
    float *output = target_of(job, job->output, place, stride, outputs);
    BP_KERNEL(multiply)(sums, rows, stride, job->packed_back, channels, stride, none, output, stride);
    const bool adds = job->numerator == NULL;
    for (int64_t i = 0; i < rows * stride; i += BP_LANES) {
      const lanes value = load(input + i);
      const lanes slope = squares ? 2.0f * value : choose(value > 0, all(1), choose(value < 0, all(-1), all(0)));
      store(output + i, slope * load(output + i) + (adds ? load(of_numerators + i) : all(0)));
    }
    store_places(job, job->output, place, rows, stride, output);
    if (job->numerator_gradient) {
      if (lies_as_tiles(job, stride)) {
        memcpy(job->numerator_gradient + place * channels, of_numerators, rows * channels * sizeof(float));
      } else {
        store_places(job, job->numerator_gradient, place, rows, stride, of_numerators);
      }
    }
  }
  memcpy(job->constants_gradient + chunk * channels, constants, channels * sizeof(float));
  for (int64_t o = 0; o < channels; o++) {
    memcpy(job->weights_gradient + (chunk * channels + o) * channels, weights + o * stride, channels * sizeof(float));
  }
  free(squared);
}
