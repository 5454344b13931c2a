// Attention of each place to the k×k places around it, and its gradients.
//
// A chunk is a head of one picture, or in the forward direction some rows of it. Rows of keys and values lie in rings of as many rows as a window has, with
// the features one after the other: a register holds one feature of neighbouring places, so that nothing is summed across a register. That needs the
// same offsets for all places of a register, which the places have whose window is around them (the middle). For the others, at most k/2 on either
// side, whose windows all begin at the same column, a register holds neighbouring keys of one place instead.
//
// Let the scores of a place be s_j = q · k_j + b_j, with q scaled, p = softmax(s), o = Σ_j p_j·v_j. Backward computes p again, and with the gradient g of o
//   e_j = p_j·(g · v_j − Σ_i p_i·(g · v_i)),  the gradients of q: scale·Σ_j e_j·k_j, of k_j: e_j·q, of v_j: p_j·g, of b_j: e_j.

enum { NEIGHBORHOOD_TILE = 4 };  // features at once

typedef struct {
  const bp_neighborhood_job *job;
  int64_t rows, columns;                 // of a window: k, or the side of the picture where it is smaller
  int64_t radius;                        // k/2
  int64_t left, right;                   // the middle is left ..< right
  int64_t start_right;                   // the first column of the windows on the right
  int64_t margin, length;                // of a row in a ring: before its first place, and in all
  int64_t border_length;                 // columns, rounded up to registers
  const float *query, *key, *value, *bias;
  float *keys, *values;                  // [rows][d][length]
  float *queries;                        // [d][length], scaled
  float *scores;                         // [rows][columns] registers
  float *border;                         // [rows][border_length]
} BP_KERNEL(neighborhood);

BP_INLINE int64_t window_start(int64_t place, int64_t radius, int64_t side, int64_t window) {
  return most(0, least(place - radius, side - window));
}

BP_INLINE BP_KERNEL(neighborhood) neighborhood(const bp_neighborhood_job *job, int64_t picture, int64_t head) {
  BP_KERNEL(neighborhood) n;
  n.job = job;
  n.rows = least(job->kernel, job->height);
  n.columns = least(job->kernel, job->width);
  n.radius = job->kernel / 2;
  n.left = least(n.radius, job->width);
  n.right = most(n.left, job->width - n.radius);
  n.start_right = job->width - n.columns;
  n.margin = 2 * n.radius + BP_LANES;
  // No multiple of the distance at which a cache takes rows for the same.
  n.length = (n.margin + job->width + 2 * n.radius + 2 * BP_LANES + 15) / 16 * 16 + 16;
  n.border_length = (n.columns + BP_LANES - 1) / BP_LANES * BP_LANES;
  const int64_t plane = job->height * job->width, inner = job->heads * job->features;
  n.query = job->input + (picture * 3 * inner + head * job->features) * plane;
  n.key = n.query + inner * plane;
  n.value = n.key + inner * plane;
  n.bias = job->bias + head * (2 * job->kernel - 1) * (2 * job->kernel - 1);
  const int64_t ring = n.rows * job->features * n.length;
  n.keys = bp_scratch(2 * ring + job->features * n.length + n.rows * n.columns * BP_LANES + n.rows * n.border_length);
  n.values = n.keys + ring;
  n.queries = n.values + ring;
  n.scores = n.queries + job->features * n.length;
  n.border = n.scores + n.rows * n.columns * BP_LANES;
  return n;
}

// Copies a row of all features of a head, times a factor.
BP_INLINE void take_row(const BP_KERNEL(neighborhood) *n, const float *planes, int64_t row, float factor, float *target) {
  const int64_t width = n->job->width, plane = n->job->height * width;
  for (int64_t feature = 0; feature < n->job->features; feature++) {
    const float *source = planes + feature * plane + row * width;
    float *place = target + feature * n->length + n->margin;
    int64_t x = 0;
    for (; x + BP_LANES <= width; x += BP_LANES) store(place + x, factor * load(source + x));
    for (; x < width; x++) place[x] = factor * source[x];
  }
}

// The row of a ring that holds a row of the picture; with the margin, so that columns count from 0.
BP_INLINE float *ring_row(const BP_KERNEL(neighborhood) *n, float *ring, int64_t row) {
  return ring + row % n->rows * n->job->features * n->length + n->margin;
}

// sums[j] = start[j] + Σ_f own[f]·others[f][j …] for `count` neighbouring offsets j.
BP_INLINE void products_with_offsets(const int count, const float *own, const float *others, int64_t features, int64_t length, const float *start,
                                     float *sums) {
  lanes sum[7];
#pragma unroll
  for (int j = 0; j < count; j++) sum[j] = start ? all(start[j]) : all(0);
  for (int64_t feature = 0; feature < features; feature++, own += length, others += length) {
    const lanes value = load(own);
#pragma unroll
    for (int j = 0; j < count; j++) sum[j] += value * load(others + j);
  }
#pragma unroll
  for (int j = 0; j < count; j++) store(sums + j * BP_LANES, sum[j]);
}

// The products of a register of places with all places of their windows; `start` are the biases of a row of a window, or null.
BP_INLINE void window_products(const BP_KERNEL(neighborhood) *n, const float *own, float *ring, int64_t first, int64_t x, const float *bias,
                               float *sums) {
  const int64_t features = n->job->features, side = 2 * n->job->kernel - 1;
  for (int64_t i = 0; i < n->rows; i++, sums += n->columns * BP_LANES) {
    const float *others = ring_row(n, ring, first + i) + x - n->radius;
    const float *start = bias ? bias + i * side : NULL;
    int64_t j = 0;
#define BP_OFFSETS(count)                                                                                                   \
  for (; j + count <= n->columns; j += count)                                                                               \
  products_with_offsets(count, own + x, others + j, features, n->length, start ? start + j : NULL, sums + j * BP_LANES)
    BP_OFFSETS(7);
    BP_OFFSETS(5);
    BP_OFFSETS(3);
    BP_OFFSETS(1);
#undef BP_OFFSETS
  }
}

// Writes at most a register.
BP_INLINE void store_first(float *address, lanes value, int64_t count) {
  if (count >= BP_LANES) {
    store(address, value);
  } else {
    memcpy(address, &value, count * sizeof(float));
  }
}

// target[f][0 …] = factor·Σ_ij weights[i][j]·ring row i[f][x + j …] for `count` features, `some` places of each.
BP_INLINE void weighted_features(const int count, const BP_KERNEL(neighborhood) *n, const float *weights, float *ring, int64_t first, int64_t x,
                                 int64_t feature, float factor, float *target, int64_t distance, int64_t some) {
  lanes sum[NEIGHBORHOOD_TILE];
#pragma unroll
  for (int f = 0; f < count; f++) sum[f] = all(0);
  for (int64_t i = 0; i < n->rows; i++) {
    const float *others = ring_row(n, ring, first + i) + feature * n->length + x - n->radius;
    for (int64_t j = 0; j < n->columns; j++, weights += BP_LANES) {
      const lanes weight = load(weights);
#pragma unroll
      for (int f = 0; f < count; f++) sum[f] += weight * load(others + f * n->length + j);
    }
  }
#pragma unroll
  for (int f = 0; f < count; f++) store_first(target + f * distance, factor * sum[f], some);
}

BP_INLINE void weighted(const BP_KERNEL(neighborhood) *n, const float *weights, float *ring, int64_t first, int64_t x, float factor, float *target,
                        int64_t distance, int64_t some) {
  int64_t feature = 0;
  for (; feature + NEIGHBORHOOD_TILE <= n->job->features; feature += NEIGHBORHOOD_TILE)
    weighted_features(NEIGHBORHOOD_TILE, n, weights, ring, first, x, feature, factor, target + feature * distance, distance, some);
  for (; feature < n->job->features; feature++)
    weighted_features(1, n, weights, ring, first, x, feature, factor, target + feature * distance, distance, some);
}

// The softmax over `count` registers, each place by itself.
BP_INLINE void softmax_of_registers(float *scores, int64_t count) {
  lanes highest = load(scores), total = all(0);
  for (int64_t i = 1; i < count; i++) {
    const lanes score = load(scores + i * BP_LANES);
    highest = choose(score > highest, score, highest);
  }
  for (int64_t i = 0; i < count; i++) {
    const lanes power = exponential(load(scores + i * BP_LANES) - highest);
    store(scores + i * BP_LANES, power);
    total += power;
  }
  const lanes factor = 1.0f / total;
  for (int64_t i = 0; i < count; i++) store(scores + i * BP_LANES, load(scores + i * BP_LANES) * factor);
}

// The products of one place with all places of its window, which begins at a column: result[i][j], zeros behind the window's end.
BP_INLINE void border_products(const BP_KERNEL(neighborhood) *n, const float *own, float *ring, int64_t first, int64_t start, float *result) {
  for (int64_t i = 0; i < n->rows; i++, result += n->border_length) {
    const float *others = ring_row(n, ring, first + i) + start;
    for (int64_t j = 0; j < n->columns; j += BP_LANES) {
      lanes sum = all(0);
      for (int64_t f = 0; f < n->job->features; f++) sum += own[f * n->length] * load(others + f * n->length + j);
      store(result + j, sum);
    }
    for (int64_t j = n->columns; j < n->border_length; j++) result[j] = 0;
  }
}

// target[f·distance] = factor·Σ_ij weights[i][j]·ring row i[f][start + j].
BP_INLINE void border_weighted(const BP_KERNEL(neighborhood) *n, const float *weights, float *ring, int64_t first, int64_t start, float factor,
                               float *target, int64_t distance) {
  for (int64_t f = 0; f < n->job->features; f++) {
    lanes total = all(0);
    for (int64_t i = 0; i < n->rows; i++) {
      const float *others = ring_row(n, ring, first + i) + f * n->length + start;
      for (int64_t j = 0; j < n->columns; j += BP_LANES) total += load(weights + i * n->border_length + j) * load(others + j);
    }
    target[f * distance] = factor * sum(total);
  }
}

// The softmax over the scores of one place, to which the biases are added; what is behind the window's end stays zero.
BP_INLINE void border_softmax(const BP_KERNEL(neighborhood) *n, const float *bias, float *scores) {
  const int64_t side = 2 * n->job->kernel - 1, count = n->rows * n->border_length;
  float highest = -__builtin_inff();
  for (int64_t i = 0; i < n->rows; i++) {
    for (int64_t j = 0; j < n->columns; j++) {
      const float score = scores[i * n->border_length + j] += bias[i * side + j];
      highest = score > highest ? score : highest;
    }
    for (int64_t j = n->columns; j < n->border_length; j++) scores[i * n->border_length + j] = -__builtin_inff();
  }
  lanes total = all(0);
  for (int64_t i = 0; i < count; i += BP_LANES) {
    const lanes score = load(scores + i), power = choose(score == -__builtin_inff(), all(0), exponential(score - highest));
    store(scores + i, power);
    total += power;
  }
  const float factor = 1 / sum(total);
  for (int64_t i = 0; i < count; i += BP_LANES) store(scores + i, load(scores + i) * factor);
}

// The biases of the offset from a place to the first of its window.
BP_INLINE const float *window_bias(const BP_KERNEL(neighborhood) *n, int64_t row, int64_t first, int64_t column, int64_t start) {
  const int64_t kernel = n->job->kernel;
  return n->bias + (first - row + kernel - 1) * (2 * kernel - 1) + start - column + kernel - 1;
}

// Where a register of the middle begins: the last ones overlap, where there are enough places.
BP_INLINE int64_t register_start(const BP_KERNEL(neighborhood) *n, int64_t x) { return most(n->left, least(x, n->right - BP_LANES)); }

void BP_KERNEL(bp_neighborhood)(const void *given, int64_t chunk) {
  const bp_neighborhood_job *const job = given;
  const int64_t strips = (job->height + job->chunk_rows - 1) / job->chunk_rows, whole = chunk / strips;
  const int64_t picture = whole / job->heads, head = whole % job->heads;
  const int64_t top = chunk % strips * job->chunk_rows, end = least(job->height, top + job->chunk_rows), plane = job->height * job->width;
  const BP_KERNEL(neighborhood) n = neighborhood(job, picture, head);
  float *const output = job->output + (picture * job->heads + head) * job->features * plane;
  int64_t taken = window_start(top, n.radius, job->height, n.rows);
  for (int64_t row = top; row < end; row++) {
    const int64_t first = window_start(row, n.radius, job->height, n.rows);
    for (; taken < first + n.rows; taken++) {
      take_row(&n, n.key, taken, 1, ring_row(&n, n.keys, taken) - n.margin);
      take_row(&n, n.value, taken, 1, ring_row(&n, n.values, taken) - n.margin);
    }
    take_row(&n, n.query, row, job->scale, n.queries);
    const float *queries = n.queries + n.margin;
    for (int64_t x = n.left; x < n.right; x += BP_LANES) {
      const int64_t place = register_start(&n, x);
      window_products(&n, queries, n.keys, first, place, window_bias(&n, row, first, n.radius, 0), n.scores);
      softmax_of_registers(n.scores, n.rows * n.columns);
      weighted(&n, n.scores, n.values, first, place, 1, output + row * job->width + place, plane, n.right - place);
    }
    for (int64_t x = 0; x < job->width; x = x + 1 == n.left ? n.right : x + 1) {
      const int64_t start = x < n.left ? 0 : n.start_right;
      border_products(&n, queries + x, n.keys, first, start, n.border);
      border_softmax(&n, window_bias(&n, row, first, x, start), n.border);
      border_weighted(&n, n.border, n.values, first, start, 1, output + row * job->width + x, plane);
    }
  }
  free(n.keys);
}

// What backward holds beside the above.
typedef struct {
  float *gradients;                         // g of a row, [d][length]
  float *key_gradients, *value_gradients;   // rings, [rows][d][length]
  float *shares, *errors;                   // p and e of the middle of a row, [rows][columns][length], zeros elsewhere
  float *border_shares, *border_errors;     // of the other places, [2·radius][rows][border_length]
  float *products;                          // [rows][columns] registers
} BP_KERNEL(neighborhood_backward);

// ring row i[f][m] += Σ_j weights[i][j][m − j + radius]·own[f][m − j + radius] over the places of the middle, for `count` features.
BP_INLINE void spread_features(const int count, const BP_KERNEL(neighborhood) *n, const float *weights, const float *own, float *target) {
  for (int64_t x = 0; x < n->job->width; x += BP_LANES) {
    lanes sum[NEIGHBORHOOD_TILE];
#pragma unroll
    for (int f = 0; f < count; f++) sum[f] = load(target + f * n->length + x);
    for (int64_t j = 0; j < n->columns; j++) {
      const int64_t place = x - j + n->radius;
      const lanes weight = load(weights + j * n->length + place);
#pragma unroll
      for (int f = 0; f < count; f++) sum[f] += weight * load(own + f * n->length + place);
    }
#pragma unroll
    for (int f = 0; f < count; f++) store(target + f * n->length + x, sum[f]);
  }
}

// Adds what the places of a row give to the gradients of the rows of their windows: of the keys with e and q, of the values with p and g.
BP_INLINE void spread_row(const BP_KERNEL(neighborhood) *n, const float *weights, const float *border, const float *own, float *ring, int64_t first) {
  const int64_t features = n->job->features, width = n->job->width;
  for (int64_t i = 0; i < n->rows; i++) {
    float *target = ring_row(n, ring, first + i);
    const float *middle = weights + i * n->columns * n->length + n->margin;
    int64_t f = 0;
    if (n->right > n->left) {
      for (; f + NEIGHBORHOOD_TILE <= features; f += NEIGHBORHOOD_TILE)
        spread_features(NEIGHBORHOOD_TILE, n, middle, own + f * n->length, target + f * n->length);
      for (; f < features; f++) spread_features(1, n, middle, own + f * n->length, target + f * n->length);
    }
    const int64_t distance = n->rows * n->border_length;
    for (f = 0; f < features; f++) {
      for (int64_t j = 0; j < n->columns; j += BP_LANES) {
        const float *part = border + i * n->border_length + j;
        float *left = target + f * n->length + j, *right = left + n->start_right;
        lanes total = load(left);
        for (int64_t x = 0; x < n->left; x++) total += load(part + x * distance) * own[f * n->length + x];
        store(left, total);
        total = load(right);
        for (int64_t x = n->right; x < width; x++) total += load(part + (n->left + x - n->right) * distance) * own[f * n->length + x];
        store(right, total);
      }
    }
  }
}

// Turns p and g · v into e, for `count` registers.
BP_INLINE void errors_of_registers(const float *shares, float *products, int64_t count) {
  lanes mean = all(0);
  for (int64_t i = 0; i < count; i++) mean += load(shares + i * BP_LANES) * load(products + i * BP_LANES);
  for (int64_t i = 0; i < count; i++) store(products + i * BP_LANES, load(shares + i * BP_LANES) * (load(products + i * BP_LANES) - mean));
}

// Takes rows of a ring of gradients before `end` out of it and puts them down.
BP_INLINE void put_row(const BP_KERNEL(neighborhood) *n, float *ring, int64_t row, float *planes) {
  const int64_t width = n->job->width, plane = n->job->height * width;
  float *source = ring_row(n, ring, row);
  for (int64_t f = 0; f < n->job->features; f++) memcpy(planes + f * plane + row * width, source + f * n->length, width * sizeof(float));
  memset(source - n->margin, 0, n->job->features * n->length * sizeof(float));
}

void BP_KERNEL(bp_neighborhood_backward)(const void *given, int64_t chunk) {
  const bp_neighborhood_job *const job = given;
  const int64_t picture = chunk / job->heads, head = chunk % job->heads, plane = job->height * job->width, features = job->features;
  const int64_t side = 2 * job->kernel - 1, inner = job->heads * features;
  const BP_KERNEL(neighborhood) n = neighborhood(job, picture, head);
  const int64_t ring = n.rows * features * n.length, row_size = n.rows * n.columns * n.length;
  const int64_t borders = n.left + job->width - n.right, border_size = n.rows * n.border_length;
  BP_KERNEL(neighborhood_backward) b;
  b.gradients = bp_scratch(features * n.length + 2 * ring + 2 * row_size + 2 * borders * border_size + n.rows * n.columns * BP_LANES);
  b.key_gradients = b.gradients + features * n.length;
  b.value_gradients = b.key_gradients + ring;
  b.shares = b.value_gradients + ring;
  b.errors = b.shares + row_size;
  b.border_shares = b.errors + row_size;
  b.border_errors = b.border_shares + borders * border_size;
  b.products = b.border_errors + borders * border_size;
  const float *const gradient = job->gradient + (picture * job->heads + head) * features * plane;
  float *const query_gradient = job->output + (picture * 3 * inner + head * features) * plane;
  float *const key_gradient = query_gradient + inner * plane, *const value_gradient = key_gradient + inner * plane;
  float *const bias_gradient = job->bias_gradient + chunk * side * side;
  memset(bias_gradient, 0, side * side * sizeof(float));
  int64_t taken = 0, put = 0;
  for (int64_t row = 0; row < job->height; row++) {
    const int64_t first = window_start(row, n.radius, job->height, n.rows);
    for (; put < first; put++) {
      put_row(&n, b.key_gradients, put, key_gradient);
      put_row(&n, b.value_gradients, put, value_gradient);
    }
    for (; taken < first + n.rows; taken++) {
      take_row(&n, n.key, taken, 1, ring_row(&n, n.keys, taken) - n.margin);
      take_row(&n, n.value, taken, 1, ring_row(&n, n.values, taken) - n.margin);
    }
    take_row(&n, n.query, row, job->scale, n.queries);
    take_row(&n, gradient, row, 1, b.gradients);
    const float *queries = n.queries + n.margin, *gradients = b.gradients + n.margin;
    for (int64_t x = n.left; x < n.right; x += BP_LANES) {
      const int64_t place = register_start(&n, x), some = n.right - place;
      window_products(&n, queries, n.keys, first, place, window_bias(&n, row, first, n.radius, 0), n.scores);
      softmax_of_registers(n.scores, n.rows * n.columns);
      window_products(&n, gradients, n.values, first, place, NULL, b.products);
      errors_of_registers(n.scores, b.products, n.rows * n.columns);
      weighted(&n, b.products, n.keys, first, place, job->scale, query_gradient + row * job->width + place, plane, some);
      for (int64_t i = 0; i < n.rows * n.columns; i++) {
        store_first(b.shares + i * n.length + n.margin + place, load(n.scores + i * BP_LANES), some);
        store_first(b.errors + i * n.length + n.margin + place, load(b.products + i * BP_LANES), some);
      }
    }
    for (int64_t x = 0; x < job->width; x = x + 1 == n.left ? n.right : x + 1) {
      const int64_t start = x < n.left ? 0 : n.start_right, number = x < n.left ? x : n.left + x - n.right;
      float *const shares = b.border_shares + number * border_size, *const errors = b.border_errors + number * border_size;
      border_products(&n, queries + x, n.keys, first, start, shares);
      border_softmax(&n, window_bias(&n, row, first, x, start), shares);
      border_products(&n, gradients + x, n.values, first, start, errors);
      lanes mean = all(0);
      for (int64_t i = 0; i < border_size; i += BP_LANES) mean += load(shares + i) * load(errors + i);
      const float total = sum(mean);
      for (int64_t i = 0; i < border_size; i += BP_LANES) store(errors + i, load(shares + i) * (load(errors + i) - total));
      border_weighted(&n, errors, n.keys, first, start, job->scale, query_gradient + row * job->width + x, plane);
      float *const target = bias_gradient + (window_bias(&n, row, first, x, start) - n.bias);
      for (int64_t i = 0; i < n.rows; i++) {
        for (int64_t j = 0; j < n.columns; j++) target[i * side + j] += errors[i * n.border_length + j];
      }
    }
    if (n.right > n.left) {
      float *const target = bias_gradient + (window_bias(&n, row, first, n.radius, 0) - n.bias);
      for (int64_t i = 0; i < n.rows; i++) {
        for (int64_t j = 0; j < n.columns; j++) {
          const float *errors = b.errors + (i * n.columns + j) * n.length + n.margin;
          lanes total = all(0);
          for (int64_t x = 0; x < job->width; x += BP_LANES) total += load(errors + x);
          target[i * side + j] += sum(total);
        }
      }
    }
    spread_row(&n, b.errors, b.border_errors, queries, b.key_gradients, first);
    spread_row(&n, b.shares, b.border_shares, gradients, b.value_gradients, first);
  }
  for (; put < job->height; put++) {
    put_row(&n, b.key_gradients, put, key_gradient);
    put_row(&n, b.value_gradients, put, value_gradient);
  }
  free(b.gradients);
  free(n.keys);
}
