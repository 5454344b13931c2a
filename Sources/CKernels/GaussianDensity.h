// The likelihood under a Gaussian convolved with a unit box: Φ((½ − d)/s) − Φ((−½ − d)/s), at least a bound, where d = |v − μ| and s is σ, at least
// a bound of its own; Φ(t) = ½·erfc(−t/√2).
//
// The argument of erfc is rounded as libtorch's operators round it, since far from the mean its last bit moves the result more than all else does.

typedef struct {
  lanes distance, scale, upper, lower;  // v − μ; s; (½ − d)/s; (−½ − d)/s
  lanes upper_bell, lower_bell;         // e^−t²/2 of either
  lanes likelihood;                     // without its bound
} gaussian_lanes;

BP_INLINE gaussian_lanes gaussian(lanes value, lanes scale, lanes mean, float scale_bound) {
  gaussian_lanes of;
  of.distance = value - mean;
  of.scale = at_least(scale, scale_bound);
  const lanes away = -magnitude(of.distance);
  of.upper = (away + 0.5f) / of.scale;
  of.lower = (away - 0.5f) / of.scale;
  const lanes above = 0.5f * complementary_error(of.upper * -0x1.6a09e6p-1f, &of.upper_bell);
  const lanes beneath = 0.5f * complementary_error(of.lower * -0x1.6a09e6p-1f, &of.lower_bell);
  of.likelihood = above - beneath;
  return of;
}

// Up to a register of elements; what is missing has the value 0 and the scale 1.
BP_INLINE lanes gaussian_load(const float *address, int64_t count, float filler) {
  if (count >= BP_LANES) return load(address);
  lanes result = all(filler);
  memcpy(&result, address, count * sizeof(float));
  return result;
}

BP_INLINE void gaussian_store(float *address, int64_t count, lanes value) {
  if (count >= BP_LANES) {
    store(address, value);
  } else {
    memcpy(address, &value, count * sizeof(float));
  }
}

BP_INLINE void gaussian_chunk(const bp_gaussian_density_job *job, int64_t chunk, bool backward) {
  const int64_t all_elements = job->rows * job->length, first = chunk * job->chunk_elements, last = first + job->chunk_elements;
  const int64_t end = last < all_elements ? last : all_elements;
  for (int64_t element = first, some; element < end; element += some) {
    const int64_t row = element / job->length, place = element % job->length;
    some = job->length - place < end - element ? job->length - place : end - element;
    const float *const values = job->values + row * job->values_distance + place;
    const float *const scales = job->scales + row * job->scales_distance + place;
    const float *const means = job->means ? job->means + row * job->means_distance + place : NULL;
    for (int64_t i = 0; i < some; i += BP_LANES) {
      const int64_t count = some - i;
      const lanes scale = gaussian_load(scales + i, count, 1);
      const lanes mean = means ? gaussian_load(means + i, count, 0) : all(0);
      const gaussian_lanes of = gaussian(gaussian_load(values + i, count, 0), scale, mean, job->scale_bound);
      if (!backward) {
        gaussian_store(job->output + element + i, count, at_least(of.likelihood, job->bound));
        continue;
      }
      const lanes given = gaussian_load(job->gradient + element + i, count, 0);
      const lanes passed = given * choose((of.likelihood >= job->bound) | (given < 0), all(1), all(0));
      // The density is e^−t²/2 / √(2π).
      const lanes gradient = passed * 0x1.988454p-2f / of.scale;
      const lanes of_distance = gradient * (of.lower_bell - of.upper_bell);
      const lanes of_scale = gradient * (of.lower_bell * of.lower - of.upper_bell * of.upper);
      const lanes sign = choose(of.distance > 0, all(1), choose(of.distance < 0, all(-1), all(0)));
      const lanes of_value = sign * of_distance;
      gaussian_store(job->output + element + i, count, of_value);
      if (job->means_gradient) gaussian_store(job->means_gradient + element + i, count, -of_value);
      const lanes grows = choose((scale >= job->scale_bound) | (of_scale < 0), all(1), all(0));
      gaussian_store(job->scales_gradient + element + i, count, of_scale * grows);
    }
  }
}

void BP_KERNEL(bp_gaussian_density)(const void *job, int64_t chunk) { gaussian_chunk(job, chunk, false); }
void BP_KERNEL(bp_gaussian_density_backward)(const void *job, int64_t chunk) { gaussian_chunk(job, chunk, true); }
