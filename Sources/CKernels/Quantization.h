// From latents to what an entropy coder takes, and back: symbols round(y − c), values symbol + c, and the rows of tables for scales.
//
// A chunk is some channels of one sample. Elements are gathered from any order in tiles that stay in the cache, and results lie in row-major order.

// Registers are filled from a tile as long as there are elements in them; a tile is a whole number of the widest.
enum { QUANTIZATION_TILE = 128, QUANTIZATION_STEP = 16 };

// `count` elements of one channel; beyond them stays what was there.
BP_INLINE void quantization_gather(const bp_strided *tensor, int64_t sample, int64_t channel, int64_t place, int64_t count, float *tile) {
  const int64_t step = tensor->place;
  const float *const first = tensor->elements + sample * tensor->sample + channel * tensor->channel + place * step;
  if (step == 1) {
    memcpy(tile, first, count * sizeof *tile);
  } else {
    for (int64_t i = 0; i < count; i++) tile[i] = first[i * step];
  }
}

// To the nearest whole number, halves to even. From 2²³ on all floats are whole.
BP_INLINE lanes nearest(lanes x) {
  const lanes shift = (lanes)(((lanes_int)x & INT32_MIN) | (lanes_int)all(0x1p23f));
  return choose(magnitude(x) < 0x1p23f, x + shift - shift, x);
}

// How many of some increasing boundaries are less than each scale; all where it is not a number.
BP_INLINE void quantization_rows(const bp_quantization_job *job, float *scales, int64_t count, int32_t *rows) {
  int32_t found[QUANTIZATION_TILE];
  memset(found, 0, count * sizeof *found);
  for (int64_t i = 0; i < count; i++) scales[i] = scales[i] < job->scale_bound ? job->scale_bound : scales[i];
  for (int64_t left = job->boundary_count; left > 0;) {
    const int32_t half = (int32_t)((left + 1) / 2);
    for (int64_t i = 0; i < count; i++) found[i] += job->boundaries[found[i] + half - 1] >= scales[i] ? 0 : half;
    left -= half;
  }
  memcpy(rows, found, count * sizeof *rows);
}

BP_INLINE void quantization_chunk(const bp_quantization_job *job, int64_t chunk, bool restores) {
  const int64_t groups = (job->channels + BP_QUANTIZATION_CHANNELS - 1) / BP_QUANTIZATION_CHANNELS;
  const int64_t sample = chunk / groups, first = chunk % groups * BP_QUANTIZATION_CHANNELS;
  const int64_t last = first + BP_QUANTIZATION_CHANNELS < job->channels ? first + BP_QUANTIZATION_CHANNELS : job->channels;
  float latent[QUANTIZATION_TILE] = {0}, centers[QUANTIZATION_TILE] = {0}, scales[QUANTIZATION_TILE] = {0};
  int32_t symbols[QUANTIZATION_TILE] = {0};
  lanes_int uncodable = {0};
  for (int64_t place = 0; place < job->places; place += QUANTIZATION_TILE) {
    const int64_t count = job->places - place < QUANTIZATION_TILE ? job->places - place : QUANTIZATION_TILE;
    // No number that is left from another tile may look as if it could not be coded.
    for (int64_t i = count; i % QUANTIZATION_STEP > 0; i++) latent[i] = centers[i] = 0;
    for (int64_t channel = first; channel < last; channel++) {
      const int64_t result = (sample * job->channels + channel) * job->places + place;
      if (job->centers.elements) quantization_gather(&job->centers, sample, channel, place, count, centers);
      if (restores) {
        for (int64_t i = 0; i < count; i++) job->values[result + i] = (float)job->symbols[result + i] + centers[i];
        continue;
      }
      if (job->latent.elements) {
        quantization_gather(&job->latent, sample, channel, place, count, latent);
        for (int64_t i = 0; i < count; i += BP_LANES) {
          const lanes whole = nearest(load(latent + i) - load(centers + i));
          const lanes_int codable = magnitude(whole) < 0x1p30f;
          uncodable |= ~codable;
          const lanes symbol = choose(codable, whole, all(0));
          *(lanes_int *)(symbols + i) = __builtin_convertvector(symbol, lanes_int);
          // No zero has a sign, as none of whole numbers has.
          store(latent + i, symbol + 0.0f + load(centers + i));
        }
        if (job->symbols) memcpy(job->symbols + result, symbols, count * sizeof *symbols);
        if (job->values) memcpy(job->values + result, latent, count * sizeof *latent);
      }
      if (job->scales.elements) {
        quantization_gather(&job->scales, sample, channel, place, count, scales);
        quantization_rows(job, scales, count, job->indexes + result);
      }
    }
  }
  if (restores || job->latent.elements == NULL) return;
  bool some = false;
  for (int i = 0; i < BP_LANES; i++) some |= uncodable[i] != 0;
  job->uncodable[chunk] = some;
}

void BP_KERNEL(bp_quantize)(const void *job, int64_t chunk) { quantization_chunk(job, chunk, false); }
void BP_KERNEL(bp_restore)(const void *job, int64_t chunk) { quantization_chunk(job, chunk, true); }
