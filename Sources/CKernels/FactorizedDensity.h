// The likelihood under one learned density for each channel: c(v + ½) − c(v − ½), at least a bound, where c(x) = σ(f(x)) and f has the stages
// f_k(x) = t + a_k·tanh(t) with t = H_k·x + b_k; the last stage has no a. H is what softplus gave, a what tanh gave.
//
// A register holds places of one channel. A chunk is a part of the places of a few channels that lie side by side when the channels are last; the
// sums over its places are kept for each channel. Backward computes the stages again, which costs less than to keep them.

enum { DENSITY_TILE = 64, DENSITY_CHANNELS = BP_DENSITY_CHANNELS, DENSITY_STAGES = BP_DENSITY_STAGES, DENSITY_WIDTH = BP_DENSITY_WIDTH, DENSITY_UNROLLED = 3 };

// What backward needs of one side, v + ½ or v − ½: what goes into each stage, and tanh(t).
typedef struct {
  lanes inputs[DENSITY_STAGES][DENSITY_WIDTH];
  lanes tangents[DENSITY_STAGES][DENSITY_WIDTH];
} density_side;

// How many parameters a stage has.
BP_INLINE int density_count(const int width, const int outputs, const bool last) { return outputs * (width + (last ? 1 : 2)); }

// f_k(x) of one channel, whose parameters of the stage are H row by row, b, a; the widths are best known to the compiler.
BP_INLINE void density_stage(const int width, const int outputs, const bool last, const float *parameters, const lanes *inputs, lanes *tangents,
                             lanes *results) {
  const float *const biases = parameters + outputs * width, *const factors = biases + outputs;
#pragma clang loop unroll_count(DENSITY_UNROLLED)
  for (int o = 0; o < outputs; o++) {
    lanes sum = all(biases[o]);
    for (int i = 0; i < width; i++) sum += parameters[o * width + i] * inputs[i];
    if (last) {
      results[o] = sum;
    } else {
      tangents[o] = hyperbolic_tangent(sum);
      results[o] = sum + factors[o] * tangents[o];
    }
  }
}

// From the gradients of f_k(x), which are overwritten, those of x; adds those of the parameters to `sums`, which has a register for each.
BP_INLINE void density_stage_gradients(const int width, const int outputs, const bool last, const float *parameters, const lanes *inputs,
                                       const lanes *tangents, lanes *gradients, float *sums) {
  const float *const factors = parameters + outputs * width + outputs;
  float *const bias_sums = sums + outputs * width * BP_LANES, *const factor_sums = bias_sums + outputs * BP_LANES;
  lanes below[DENSITY_WIDTH];
  for (int i = 0; i < width; i++) below[i] = all(0);
#pragma clang loop unroll_count(DENSITY_UNROLLED)
  for (int o = 0; o < outputs; o++) {
    lanes own = gradients[o];
    if (!last) {
      store(factor_sums + o * BP_LANES, load(factor_sums + o * BP_LANES) + own * tangents[o]);
      own += own * factors[o] * (1.0f - tangents[o] * tangents[o]);
    }
    store(bias_sums + o * BP_LANES, load(bias_sums + o * BP_LANES) + own);
    for (int i = 0; i < width; i++) {
      float *const sum = sums + (o * width + i) * BP_LANES;
      store(sum, load(sum) + own * inputs[i]);
      below[i] += own * parameters[o * width + i];
    }
  }
  for (int i = 0; i < width; i++) gradients[i] = below[i];
}

// f(x) of one channel. `inner` is the width between the stages where they all have the same and the compiler is to know it, else 0.
BP_INLINE lanes density_logits(const bp_factorized_density_job *job, const int inner, const float *parameters, lanes x, density_side *side) {
  const int stages = job->stages;
  lanes result;
  side->inputs[0][0] = x;
  if (inner > 0) {
    density_stage(1, inner, false, parameters, side->inputs[0], side->tangents[0], side->inputs[1]);
    parameters += density_count(1, inner, false);
    for (int k = 1; k + 1 < stages; k++, parameters += density_count(inner, inner, false)) {
      density_stage(inner, inner, false, parameters, side->inputs[k], side->tangents[k], side->inputs[k + 1]);
    }
    density_stage(inner, 1, true, parameters, side->inputs[stages - 1], NULL, &result);
    return result;
  }
  for (int k = 0; k < stages; k++) {
    const int width = job->widths[k], outputs = job->widths[k + 1];
    const bool last = k + 1 == stages;
    density_stage(width, outputs, last, parameters, side->inputs[k], side->tangents[k], last ? &result : side->inputs[k + 1]);
    parameters += density_count(width, outputs, last);
  }
  return result;
}

// From the gradient of f(x) that of x; adds those of the parameters to `sums`. Both pointers are to what lies behind the last stage.
BP_INLINE lanes density_gradients(const bp_factorized_density_job *job, const int inner, const float *parameters, lanes gradient,
                                  const density_side *side, float *sums) {
  lanes gradients[DENSITY_WIDTH] = {gradient};
  for (int k = job->stages - 1; k >= 0; k--) {
    const int width = job->widths[k], outputs = job->widths[k + 1];
    const bool last = k + 1 == job->stages;
    const int count = density_count(width, outputs, last);
    parameters -= count;
    sums -= count * BP_LANES;
    if (inner > 0 && width == inner && outputs == inner) {
      density_stage_gradients(inner, inner, false, parameters, side->inputs[k], side->tangents[k], gradients, sums);
    } else {
      density_stage_gradients(width, outputs, last, parameters, side->inputs[k], side->tangents[k], gradients, sums);
    }
  }
  return gradients[0];
}

// A tile of places of one channel, from a tensor in either layout or back into it.
BP_INLINE void density_copy(const bp_factorized_density_job *job, int64_t channel, int64_t place, int64_t count, const float *from, float *tile,
                            float *to) {
  const int64_t channels = job->channels, plane = job->plane;
  for (int64_t done = 0; done < count;) {
    const int64_t sample = (place + done) / plane, start = (place + done) % plane;
    const int64_t left = plane - start, some = left < count - done ? left : count - done;
    const int64_t step = job->channels_last ? channels : 1;
    const int64_t offset = job->channels_last ? (place + done) * channels + channel : (sample * channels + channel) * plane + start;
    if (from) {
      for (int64_t i = 0; i < some; i++) tile[done + i] = from[offset + i * step];
    } else {
      for (int64_t i = 0; i < some; i++) to[offset + i * step] = tile[done + i];
    }
    done += some;
  }
}

BP_INLINE void density_tile(const bp_factorized_density_job *job, const int inner, const float *parameters, const float *values,
                            const float *gradients, int64_t places, float *results, float *sums) {
  const int64_t count = job->parameter_count;
  for (int64_t i = 0; i < places; i += BP_LANES) {
    const lanes value = load(values + i);
    density_side upper, lower;
    const lanes above = sigmoid(density_logits(job, inner, parameters, value + 0.5f, &upper));
    const lanes beneath = sigmoid(density_logits(job, inner, parameters, value - 0.5f, &lower));
    const lanes likelihood = above - beneath;
    if (gradients == NULL) {
      store(results + i, at_least(likelihood, job->bound));
      continue;
    }
    const lanes given = load(gradients + i);
    const lanes gradient = given * choose((likelihood >= job->bound) | (given < 0), all(1), all(0));
    const float *const end = parameters + count;
    float *const sums_end = sums + count * BP_LANES;
    const lanes of_upper = density_gradients(job, inner, end, gradient * (1.0f - above) * above, &upper, sums_end);
    const lanes of_lower = density_gradients(job, inner, end, -gradient * (1.0f - beneath) * beneath, &lower, sums_end);
    store(results + i, of_upper + of_lower);
  }
}

BP_INLINE void density_chunk(const bp_factorized_density_job *job, int64_t chunk, bool backward) {
  const int64_t count = job->parameter_count, places = job->samples * job->plane;
  const int64_t part = chunk % job->parts, first_channel = chunk / job->parts * DENSITY_CHANNELS;
  const int64_t all_channels = first_channel + DENSITY_CHANNELS, last_channel = all_channels < job->channels ? all_channels : job->channels;
  const int64_t first = part * job->part_places, last = first + job->part_places, end = last < places ? last : places;
  bool usual = job->stages > 1;
  for (int k = 1; k < job->stages; k++) usual &= job->widths[k] == 3;
  // Backward alone has sums; a gradient of 0 beyond the last place adds nothing to them.
  float *const all_sums = backward ? bp_scratch((last_channel - first_channel) * count * BP_LANES) : NULL;
  float values[DENSITY_TILE] = {0}, gradients[DENSITY_TILE] = {0}, results[DENSITY_TILE];
  for (int64_t place = first; place < end; place += DENSITY_TILE) {
    const int64_t some = end - place < DENSITY_TILE ? end - place : DENSITY_TILE;
    if (some < DENSITY_TILE) {
      memset(values, 0, sizeof values);
      memset(gradients, 0, sizeof gradients);
    }
    for (int64_t channel = first_channel; channel < last_channel; channel++) {
      density_copy(job, channel, place, some, job->values, values, NULL);
      if (backward) density_copy(job, channel, place, some, job->gradient, gradients, NULL);
      const float *const parameters = job->parameters + channel * count;
      const float *const given = backward ? gradients : NULL;
      float *const sums = backward ? all_sums + (channel - first_channel) * count * BP_LANES : NULL;
      if (usual) {
        density_tile(job, 3, parameters, values, given, some, results, sums);
      } else {
        density_tile(job, 0, parameters, values, given, some, results, sums);
      }
      density_copy(job, channel, place, some, NULL, results, job->output);
    }
  }
  if (!backward) return;
  float *const result = job->parameters_gradient + (part * job->channels + first_channel) * count;
  for (int64_t i = 0; i < (last_channel - first_channel) * count; i++) result[i] = sum(load(all_sums + i * BP_LANES));
  free(all_sums);
}

void BP_KERNEL(bp_factorized_density)(const void *job, int64_t chunk) { density_chunk(job, chunk, false); }
void BP_KERNEL(bp_factorized_density_backward)(const void *job, int64_t chunk) { density_chunk(job, chunk, true); }
