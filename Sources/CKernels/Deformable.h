// Convolutions whose kernel points are shifted by offsets: bilinear sampling, zero outside, and its gradients.
//
// All tensors have their channels last. A chunk of the forward goes over its places in tiles: what the kernel points see of one group of channels,
// [places][points · channels], is gathered and multiplied at once, so no more than a tile of it is ever there.

enum {
  DEFORMABLE_TILE = 48,            // places; a multiple of BP_ROWS
  DEFORMABLE_GRADIENT_TILE = 96,   // places; what the sums over places are added up for at once
};

// The four neighbours of a sampled place.
typedef struct {
  const float *at[4];       // channels of the upper left, upper right, lower left, lower right neighbour, or of another place where it lies outside
  int64_t place[4];         // their places in the picture
  float weight[4];          // of the interpolation; 0 outside
  float down[4], right[4];  // the derivatives of the weights by the row and by the column
} BP_KERNEL(neighbours);

// The kernel point `point` of the place (row, column) of picture `picture`, shifted by `offset`, (row, column).
BP_INLINE BP_KERNEL(neighbours) neighbours_of(const bp_deformable_job *job, int64_t picture, int64_t row, int64_t column, int64_t point,
                                              const float *offset) {
  const int64_t height = job->height, width = job->width;
  const float y = (float)(row * job->stride - job->padding + point / job->kernel_width * job->dilation) + offset[0];
  const float x = (float)(column * job->stride - job->padding + point % job->kernel_width * job->dilation) + offset[1];
  BP_KERNEL(neighbours) found;
  memset(&found, 0, sizeof found);
  const float *const input = job->input + picture * height * width * job->channels;
  // Not a number is outside, too.
  const bool inside = y >= -1 && y < (float)height && x >= -1 && x < (float)width;
  const int64_t top = inside ? (int64_t)__builtin_floorf(y) : 0, left = inside ? (int64_t)__builtin_floorf(x) : 0;
  const float lower = y - (float)top, later = x - (float)left;
#pragma unroll
  for (int i = 0; i < 4; i++) {
    const int64_t r = top + i / 2, c = left + i % 2;
    const bool exists = inside && r >= 0 && r < height && c >= 0 && c < width;
    found.place[i] = exists ? r * width + c : 0;
    found.at[i] = input + found.place[i] * job->channels;
    if (exists) {
      const float vertical = i / 2 ? lower : 1 - lower, horizontal = i % 2 ? later : 1 - later;
      found.weight[i] = vertical * horizontal;
      found.down[i] = i / 2 ? horizontal : -horizontal;
      found.right[i] = i % 2 ? vertical : -vertical;
    }
  }
  return found;
}

// target[c] = the interpolated values of `count` channels from `first` on, times `factor`, in place of what is there or added to it.
BP_INLINE void interpolate(const BP_KERNEL(neighbours) *found, float factor, int64_t first, int64_t count, const bool adds, float *target) {
  const float a = found->weight[0] * factor, b = found->weight[1] * factor, c = found->weight[2] * factor, d = found->weight[3] * factor;
  const float *const p = found->at[0] + first, *const q = found->at[1] + first, *const r = found->at[2] + first, *const s = found->at[3] + first;
  int64_t i = 0;
  for (; i + BP_LANES <= count; i += BP_LANES) {
    const lanes value = load(p + i) * a + load(q + i) * b + load(r + i) * c + load(s + i) * d;
    store(target + i, adds ? load(target + i) + value : value);
  }
  for (; i < count; i++) {
    const float value = p[i] * a + q[i] * b + r[i] * c + s[i] * d;
    target[i] = adds ? target[i] + value : value;
  }
}

// A place of the output among those of all pictures.
typedef struct {
  int64_t picture, row, column;
} BP_KERNEL(output_place);

BP_INLINE BP_KERNEL(output_place) output_place_of(const bp_deformable_job *job, int64_t place) {
  const int64_t plane = job->output_height * job->output_width, rest = place % plane;
  return (BP_KERNEL(output_place)){place / plane, rest / job->output_width, rest % job->output_width};
}

// target[…] = what one kernel point of one place sees of `count` channels from `first` on, which may lie in several groups of offsets.
BP_INLINE void sample_point(const bp_deformable_job *job, int64_t place, BP_KERNEL(output_place) where, int64_t point, int64_t first,
                            int64_t count, const bool adds, float *target) {
  const int64_t points = job->kernel_height * job->kernel_width, share = job->channels / job->offset_groups;
  for (int64_t channel = first; channel < first + count;) {
    const int64_t group = channel / share, end = least(first + count, (group + 1) * share);
    const int64_t index = (place * job->offset_groups + group) * points + point;
    const BP_KERNEL(neighbours) found = neighbours_of(job, where.picture, where.row, where.column, point, job->offsets + 2 * index);
    interpolate(&found, job->masks ? job->masks[index] : 1, channel, end - channel, adds, target + channel - first);
    channel = end;
  }
}

// output[place][o] = bias[o] + Σ_k,c sampled[place][k][c] · packed[group][k·C + c][o] for a chunk of places; without weights the sum over k of each channel.
void BP_KERNEL(bp_deformable)(const void *given, int64_t chunk) {
  const bp_deformable_job *const job = given;
  const int64_t points = job->kernel_height * job->kernel_width, all_places = job->pictures * job->output_height * job->output_width;
  const int64_t begin = chunk * job->chunk_places, end = least(all_places, begin + job->chunk_places);
  if (job->packed == NULL) {
    for (int64_t place = begin; place < end; place++) {
      const BP_KERNEL(output_place) where = output_place_of(job, place);
      float *const target = job->output + place * job->channels;
      sample_point(job, place, where, 0, 0, job->channels, false, target);
      for (int64_t point = 1; point < points; point++) sample_point(job, place, where, point, 0, job->channels, true, target);
    }
    return;
  }
  const int64_t channels = job->channels / job->groups, outputs = job->output_channels / job->groups, columns = points * channels;
  const int64_t stride = padded(outputs);
  float *const sampled = bp_scratch(DEFORMABLE_TILE * (columns + stride) + job->groups * stride);
  float *const sums = sampled + DEFORMABLE_TILE * columns, *const start = sums + DEFORMABLE_TILE * stride;
  for (int64_t group = 0; job->bias && group < job->groups; group++) {
    memcpy(start + group * stride, job->bias + group * outputs, outputs * sizeof(float));
  }
  for (int64_t place = begin; place < end; place += DEFORMABLE_TILE) {
    const int64_t count = least(DEFORMABLE_TILE, end - place);
    for (int64_t group = 0; group < job->groups; group++) {
      for (int64_t i = 0; i < count; i++) {
        const BP_KERNEL(output_place) where = output_place_of(job, place + i);
        for (int64_t point = 0; point < points; point++) {
          sample_point(job, place + i, where, point, group * channels, channels, false, sampled + i * columns + point * channels);
        }
      }
      BP_KERNEL(multiply)(sampled, count, columns, job->packed + group * columns * stride, columns, stride, start + group * stride, sums, stride);
      for (int64_t i = 0; i < count; i++) {
        memcpy(job->output + (place + i) * job->output_channels + group * outputs, sums + i * stride, outputs * sizeof(float));
      }
    }
  }
  free(sampled);
}

// weights_gradient[chunk][group][k·C + c][o] = Σ sampled[place][k][c] · gradient[place][o] over a chunk of places.
void BP_KERNEL(bp_deformable_weight_gradient)(const void *given, int64_t chunk) {
  const bp_deformable_job *const job = given;
  const int64_t points = job->kernel_height * job->kernel_width, all_places = job->pictures * job->output_height * job->output_width;
  const int64_t begin = chunk * job->chunk_places, end = least(all_places, begin + job->chunk_places);
  const int64_t channels = job->channels / job->groups, outputs = job->output_channels / job->groups, columns = points * channels;
  const int64_t stride = (outputs + BP_LANES - 1) / BP_LANES * BP_LANES, tile = DEFORMABLE_GRADIENT_TILE;
  float *const sums = bp_scratch(job->groups * columns * stride + tile * (channels + stride));
  float *const sampled = sums + job->groups * columns * stride, *const aligned = sampled + tile * channels;
  for (int64_t place = begin; place < end; place += tile) {
    const int64_t count = least(tile, end - place);
    for (int64_t group = 0; group < job->groups; group++) {
      for (int64_t i = 0; i < count; i++) {
        const float *source = job->gradient + (place + i) * job->output_channels + group * outputs;
        memcpy(aligned + i * stride, source, outputs * sizeof(float));
      }
      for (int64_t point = 0; point < points; point++) {
        for (int64_t i = 0; i < count; i++) {
          sample_point(job, place + i, output_place_of(job, place + i), point, group * channels, channels, false, sampled + i * channels);
        }
        float *const target = sums + (group * columns + point * channels) * stride;
        BP_KERNEL(add_products)(sampled, channels, channels, aligned, stride, stride, count, target, stride);
      }
    }
  }
  float *const output = job->weights_gradient + chunk * job->groups * columns * outputs;
  for (int64_t i = 0; i < job->groups * columns; i++) memcpy(output + i * outputs, sums + i * stride, outputs * sizeof(float));
  free(sums);
}

// The gradients by what one kernel point of one place sees, `of_sampled`, passed on to the input, and those of its offset and mask.
BP_INLINE void spread_point(const bp_deformable_job *job, int64_t picture, const BP_KERNEL(neighbours) *found, float mask, int64_t first,
                            int64_t count, const float *of_sampled, float *result) {
  float dots[4];
  for (int n = 0; n < 4; n++) {
    const float *const values = found->at[n] + first, factor = found->weight[n] * mask;
    float *const target =
        job->input_gradient + (picture * job->height * job->width + found->place[n]) * job->channels + first;
    lanes dot = all(0);
    int64_t i = 0;
    for (; i + BP_LANES <= count; i += BP_LANES) {
      const lanes gradient = load(of_sampled + i);
      dot += gradient * load(values + i);
      store(target + i, load(target + i) + gradient * factor);
    }
    float rest = 0;
    for (; i < count; i++) {
      rest += of_sampled[i] * values[i];
      target[i] += of_sampled[i] * factor;
    }
    dots[n] = sum(dot) + rest;
  }
  result[0] = mask * (found->down[0] * dots[0] + found->down[1] * dots[1] + found->down[2] * dots[2] + found->down[3] * dots[3]);
  result[1] = mask * (found->right[0] * dots[0] + found->right[1] * dots[1] + found->right[2] * dots[2] + found->right[3] * dots[3]);
  result[2] = found->weight[0] * dots[0] + found->weight[1] * dots[1] + found->weight[2] * dots[2] + found->weight[3] * dots[3];
}

// Adds to input_gradient what one piece of the channels of one picture gives, and writes point_gradient[piece][place][point] = (row, column, mask).
//
// Chunks write channels of their own, wherever the offsets point. A piece has at most BP_DEFORMABLE_PIECE channels of one group of weights and of offsets.
void BP_KERNEL(bp_deformable_gradient)(const void *given, int64_t chunk) {
  const bp_deformable_job *const job = given;
  const int64_t points = job->kernel_height * job->kernel_width, plane = job->output_height * job->output_width;
  const int64_t picture = chunk / job->pieces, piece = chunk % job->pieces;
  const int64_t parts = (job->unit + BP_DEFORMABLE_PIECE - 1) / BP_DEFORMABLE_PIECE;
  const int64_t first = piece / parts * job->unit + piece % parts * BP_DEFORMABLE_PIECE;
  const int64_t count = least(BP_DEFORMABLE_PIECE, (piece / parts + 1) * job->unit - first);
  const int64_t stride = padded(count), offset_group = first / (job->channels / job->offset_groups);
  const int64_t outputs = job->packed_back ? job->output_channels / job->groups : 0;
  const int64_t group = job->packed_back ? first / (job->channels / job->groups) : 0;
  const int64_t matrix = outputs * padded(least(BP_DEFORMABLE_PIECE, job->unit));
  float *const of_sampled = bp_scratch(DEFORMABLE_TILE * stride + stride), *const none = of_sampled + DEFORMABLE_TILE * stride;
  for (int64_t start = 0; start < plane; start += DEFORMABLE_TILE) {
    const int64_t rows = least(DEFORMABLE_TILE, plane - start);
    const float *const gradient = job->gradient + (picture * plane + start) * job->output_channels;
    for (int64_t point = 0; point < points; point++) {
      if (job->packed_back) {
        const float *packed = job->packed_back + (piece * points + point) * matrix;
        BP_KERNEL(multiply)(gradient + group * outputs, rows, job->output_channels, packed, outputs, stride, none, of_sampled, stride);
      }
      for (int64_t i = 0; i < rows; i++) {
        const int64_t place = picture * plane + start + i, index = (place * job->offset_groups + offset_group) * points + point;
        const BP_KERNEL(output_place) where = output_place_of(job, place);
        const BP_KERNEL(neighbours) found = neighbours_of(job, picture, where.row, where.column, point, job->offsets + 2 * index);
        const float *own = job->packed_back ? of_sampled + i * stride : gradient + i * job->output_channels + first;
        float *const result = job->point_gradient + ((piece * job->pictures * plane + place) * points + point) * 3;
        spread_point(job, picture, &found, job->masks ? job->masks[index] : 1, first, count, own, result);
      }
    }
  }
  free(of_sampled);
}
