// Attention within the windows of a picture, with a bias for each offset of two places: for each head
//
//     P_ij = softmax_j(s·q_i · k_j + b(i − j)),  o_i = Σ_j P_ij · v_j
//
// Windows at the border hold what is inside of the picture alone, so that nothing is padded, moved or masked. Tiles have a row for each key and a
// lane for each query, and the softmax needs no sums across a register. Backward computes P again instead of keeping it.

// A tile of registers: result[r][·] = start[r][·] + Σ_i left[r · row_step + i · input_step] · right[i][·].
BP_INLINE void attention_rows(const int rows, const int registers, const float *left, int64_t row_step, int64_t input_step, const float *right,
                              int64_t right_stride, int64_t inputs, const float *start, int64_t start_stride, float *result,
                              int64_t result_stride) {
  lanes sums[2 * BP_MOST_ROWS];
#pragma unroll
  for (int r = 0; r < rows; r++) {
#pragma unroll
    for (int k = 0; k < registers; k++) sums[r * registers + k] = start ? load(start + r * start_stride + k * BP_LANES) : all(0);
  }
  for (int64_t i = 0; i < inputs; i++, left += input_step, right += right_stride) {
    lanes values[2];
#pragma unroll
    for (int k = 0; k < registers; k++) values[k] = load(right + k * BP_LANES);
#pragma unroll
    for (int r = 0; r < rows; r++) {
      const float factor = left[r * row_step];
#pragma unroll
      for (int k = 0; k < registers; k++) sums[r * registers + k] += values[k] * factor;
    }
  }
#pragma unroll
  for (int r = 0; r < rows; r++) {
#pragma unroll
    for (int k = 0; k < registers; k++) store(result + r * result_stride + k * BP_LANES, sums[r * registers + k]);
  }
}

BP_INLINE void attention_tile(const int registers, const float *left, int64_t rows, int64_t row_step, int64_t input_step, const float *right,
                              int64_t right_stride, int64_t inputs, const float *start, int64_t start_stride, float *result,
                              int64_t result_stride) {
  int64_t row = 0;
#define BP_TILE(count)                                                                                           \
  attention_rows(count, registers, left + row * row_step, row_step, input_step, right, right_stride, inputs,     \
                 start ? start + row * start_stride : NULL, start_stride, result + row * result_stride, result_stride)
  for (; row + BP_ROWS <= rows; row += BP_ROWS) BP_TILE(BP_ROWS);
  for (; row + 4 <= rows; row += 4) BP_TILE(4);
  for (; row < rows; row++) BP_TILE(1);
#undef BP_TILE
}

// result[r][c] = start[r][c] + Σ_i left[r · row_step + i · input_step] · right[i][c], for whole registers of columns; no start is zeros.
static void BP_KERNEL(attention_products)(const float *left, int64_t rows, int64_t row_step, int64_t input_step, const float *right,
                                          int64_t right_stride, int64_t inputs, int64_t columns, const float *start, int64_t start_stride,
                                          float *result, int64_t result_stride) {
  for (int64_t column = 0; column < columns; column += BP_BLOCK) {
    const float *const begin = start ? start + column : NULL;
    const int registers = columns - column > BP_LANES ? 2 : 1;
#define BP_TILE(count)                                                                                                             \
  attention_tile(count, left, rows, row_step, input_step, right + column, right_stride, inputs, begin, start_stride, result + column, \
                 result_stride)
    if (registers == 2) BP_TILE(2); else BP_TILE(1);
#undef BP_TILE
  }
}

// e^x for x up to 0; far below it is not quite 0.
BP_INLINE lanes attention_exponential(lanes x) {
  x = at_least(x, -87);
  lanes_int whole;
  const lanes r = without_powers(x, powers_of_two_in(x, &whole));
  return (r * r * exponential_rest(r) + r + 1.0f) * power_of_two(whole);
}

// What of a window lies inside of its picture.
typedef struct {
  int64_t picture, row, column, rows, columns, places;
} attention_window;

// The memory of a chunk; the numbers of a place, and the places, are filled up to whole registers.
typedef struct {
  int64_t places, numbers;               // padded T and padded d
  float *bias, *bias_gradient;           // [heads][T][padded T], by key and query
  float *queries, *keys, *values;        // [T][padded d]
  float *queries_back, *outputs_back;    // [d][padded T]; the queries times s
  float *weights, *shares;               // P or what it is made of, [T][padded T]; one over its sums, [padded T]
  float *gradients, *gradients_back;     // of the outputs, as the queries
  float *weight_gradients;               // as the weights
  float *key_gradients, *value_gradients;
} attention_memory;

BP_INLINE int64_t attention_padded(int64_t count) { return (count + BP_LANES - 1) / BP_LANES * BP_LANES; }

// How many windows begin in a side; the first of moved ones has only `shift` places.
BP_INLINE int64_t attention_count(int64_t side, int64_t window, int64_t shift) {
  return shift > 0 && side > shift ? 1 + (side - shift + window - 1) / window : shift > 0 ? 1 : (side + window - 1) / window;
}

BP_INLINE int64_t attention_begin(int64_t number, int64_t side, int64_t window, int64_t shift, int64_t *count) {
  const int64_t first = shift > 0 ? shift + (number - 1) * window : number * window;
  const int64_t begin = first > 0 ? first : 0, end = first + window < side ? first + window : side;
  *count = end - begin;
  return begin;
}

BP_INLINE attention_window attention_window_at(const bp_window_attention_job *job, int64_t number) {
  const int64_t columns = attention_count(job->width, job->window, job->shift), rows = attention_count(job->height, job->window, job->shift);
  attention_window of;
  of.picture = number / (rows * columns);
  of.row = attention_begin(number / columns % rows, job->height, job->window, job->shift, &of.rows);
  of.column = attention_begin(number % columns, job->width, job->window, job->shift, &of.columns);
  of.places = of.rows * of.columns;
  return of;
}

// Reads the biases of a whole window from the table, where b(i − j) stands at ((i − j) + w − 1), or adds them to it.
BP_INLINE void attention_biases(const bp_window_attention_job *job, int64_t padded_places, const float *table, float *bias, float *table_gradient) {
  const int64_t w = job->window, count = w * w, heads = job->heads;
  for (int64_t head = 0; head < heads; head++) {
    for (int64_t j = 0; j < count; j++) {
      float *const row = bias + (head * count + j) * padded_places;
      for (int64_t i = 0; i < w; i++) {
        // The offsets of a row of queries follow each other.
        const int64_t place = ((i - j / w + w - 1) * (2 * w - 1) + w - 1 - j % w) * heads + head;
        if (table_gradient) {
          for (int64_t c = 0; c < w; c++) table_gradient[place + c * heads] += row[i * w + c];
        } else {
          for (int64_t c = 0; c < w; c++) row[i * w + c] = table[place + c * heads];
        }
      }
    }
  }
}

// The numbers of a head at the places of a window, one place after the other.
BP_INLINE void attention_gather(const attention_window *of, const float *elements, int64_t width, int64_t distance, int64_t head, float *into,
                                int64_t stride) {
  for (int64_t r = 0; r < of->rows; r++) {
    const float *from = elements + ((of->row + r) * width + of->column) * distance;
    for (int64_t c = 0; c < of->columns; c++, from += distance, into += stride) memcpy(into, from, (size_t)head * sizeof(float));
  }
}

// The way back.
BP_INLINE void attention_put(const attention_window *of, const float *from, int64_t stride, int64_t width, int64_t distance, int64_t head,
                             float *elements) {
  for (int64_t r = 0; r < of->rows; r++) {
    float *into = elements + ((of->row + r) * width + of->column) * distance;
    for (int64_t c = 0; c < of->columns; c++, into += distance, from += stride) memcpy(into, from, (size_t)head * sizeof(float));
  }
}

BP_INLINE void attention_transpose(const float *from, int64_t rows, int64_t columns, int64_t stride, float factor, float *into,
                                   int64_t into_stride) {
  for (int64_t c = 0; c < columns; c++) {
    for (int64_t r = 0; r < rows; r++) into[c * into_stride + r] = from[r * stride + c] * factor;
  }
}

// e^(score − the greatest of its query), and one over the sums.
static void BP_KERNEL(attention_weights)(const bp_window_attention_job *job, const attention_window *of, const attention_memory *at,
                                         int64_t head) {
  const int64_t count = of->places, stride = at->places, columns = attention_padded(count), w = job->window;
  const float *start = at->bias + head * w * w * stride;
  if (of->columns < w) {
    // The places of a narrow window do not follow each other in a whole one.
    for (int64_t j = 0; j < count; j++) {
      const float *const row = start + (j / of->columns * w + j % of->columns) * stride;
      for (int64_t r = 0; r < of->rows; r++) memcpy(at->weights + j * stride + r * of->columns, row + r * w, (size_t)of->columns * sizeof(float));
    }
    start = at->weights;
  }
  BP_KERNEL(attention_products)(at->keys, count, at->numbers, 1, at->queries_back, stride, job->head, columns, start, stride, at->weights, stride);
  for (int64_t column = 0; column < columns; column += BP_LANES) {
    float *const weights = at->weights + column;
    lanes most = load(weights), total = all(0);
    for (int64_t j = 1; j < count; j++) {
      const lanes score = load(weights + j * stride);
      most = choose(score > most, score, most);
    }
    for (int64_t j = 0; j < count; j++) {
      const lanes weight = attention_exponential(load(weights + j * stride) - most);
      total += weight;
      store(weights + j * stride, weight);
    }
    store(at->shares + column, 1.0f / total);
  }
}

static void BP_KERNEL(attention_load)(const bp_window_attention_job *job, const attention_window *of, const attention_memory *at, int64_t head) {
  const int64_t width = job->heads * job->head, distance = 3 * width;
  const float *const tokens = job->tokens + of->picture * job->height * job->width * distance + head * job->head;
  attention_gather(of, tokens, job->width, distance, job->head, at->queries, at->numbers);
  attention_gather(of, tokens + width, job->width, distance, job->head, at->keys, at->numbers);
  attention_gather(of, tokens + 2 * width, job->width, distance, job->head, at->values, at->numbers);
  attention_transpose(at->queries, of->places, job->head, at->numbers, job->scale, at->queries_back, at->places);
}

static void BP_KERNEL(attention_forward)(const bp_window_attention_job *job, const attention_window *of, const attention_memory *at, int64_t head) {
  const int64_t stride = at->places, columns = attention_padded(of->places), width = job->heads * job->head;
  BP_KERNEL(attention_load)(job, of, at, head);
  BP_KERNEL(attention_weights)(job, of, at, head);
  BP_KERNEL(attention_products)(at->values, job->head, 1, at->numbers, at->weights, stride, of->places, columns, NULL, 0, at->outputs_back, stride);
  for (int64_t c = 0; c < job->head; c++) {
    float *const row = at->outputs_back + c * stride;
    for (int64_t column = 0; column < columns; column += BP_LANES) store(row + column, load(row + column) * load(at->shares + column));
  }
  attention_transpose(at->outputs_back, job->head, of->places, stride, 1, at->queries, at->numbers);
  attention_put(of, at->queries, at->numbers, job->width, width, job->head,
                job->output + of->picture * job->height * job->width * width + head * job->head);
}

static void BP_KERNEL(attention_backward)(const bp_window_attention_job *job, const attention_window *of, const attention_memory *at, int64_t head) {
  const int64_t count = of->places, stride = at->places, columns = attention_padded(count), width = job->heads * job->head, w = job->window;
  BP_KERNEL(attention_load)(job, of, at, head);
  BP_KERNEL(attention_weights)(job, of, at, head);
  attention_gather(of, job->gradient + of->picture * job->height * job->width * width + head * job->head, job->width, width, job->head,
                   at->gradients, at->numbers);
  attention_transpose(at->gradients, count, job->head, at->numbers, 1, at->gradients_back, stride);
  // Of P, then of the scores: P · (its gradient − the mean of that under P).
  BP_KERNEL(attention_products)(at->values, count, at->numbers, 1, at->gradients_back, stride, job->head, columns, NULL, 0, at->weight_gradients, stride);
  for (int64_t column = 0; column < columns; column += BP_LANES) {
    float *const weights = at->weights + column, *const gradients = at->weight_gradients + column;
    const lanes share = load(at->shares + column);
    lanes mean = all(0);
    for (int64_t j = 0; j < count; j++) {
      const lanes weight = load(weights + j * stride) * share;
      mean += weight * load(gradients + j * stride);
      store(weights + j * stride, weight);
    }
    for (int64_t j = 0; j < count; j++) store(gradients + j * stride, load(weights + j * stride) * (load(gradients + j * stride) - mean));
  }
  float *const biases = at->bias_gradient + head * w * w * stride;
  for (int64_t j = 0; j < count; j++) {
    float *const row = biases + (j / of->columns * w + j % of->columns) * stride;
    const float *const gradients = at->weight_gradients + j * stride;
    if (of->columns == w) {
      for (int64_t i = 0; i < count; i++) row[i] += gradients[i];
    } else {
      for (int64_t i = 0; i < count; i++) row[i / of->columns * w + i % of->columns] += gradients[i];
    }
  }
  float *const tokens = job->output + of->picture * job->height * job->width * 3 * width + head * job->head;
  BP_KERNEL(attention_products)(at->weights, count, stride, 1, at->gradients, at->numbers, count, at->numbers, NULL, 0, at->value_gradients, at->numbers);
  attention_put(of, at->value_gradients, at->numbers, job->width, 3 * width, job->head, tokens + 2 * width);
  // The queries without s are not needed any more.
  for (int64_t i = 0; i < count * at->numbers; i++) at->queries[i] *= job->scale;
  BP_KERNEL(attention_products)(at->weight_gradients, count, stride, 1, at->queries, at->numbers, count, at->numbers, NULL, 0, at->key_gradients, at->numbers);
  attention_put(of, at->key_gradients, at->numbers, job->width, 3 * width, job->head, tokens + width);
  BP_KERNEL(attention_products)(at->keys, job->head, 1, at->numbers, at->weight_gradients, stride, count, columns, NULL, 0, at->queries_back, stride);
  attention_transpose(at->queries_back, job->head, count, stride, job->scale, at->queries, at->numbers);
  attention_put(of, at->queries, at->numbers, job->width, 3 * width, job->head, tokens);
}

static void BP_KERNEL(attention_chunk)(const bp_window_attention_job *job, int64_t chunk) {
  const bool backward = job->gradient != NULL;
  const int64_t most = job->window * job->window;
  attention_memory at;
  at.places = attention_padded(most);
  at.numbers = attention_padded(job->head);
  const int64_t pairs = most * at.places, rows = most * at.numbers, columns = job->head * at.places, biases = job->heads * pairs;
  float *const memory = bp_scratch((backward ? 2 : 1) * (biases + pairs + columns + rows) + 2 * rows + columns + at.places + (backward ? 2 * rows : 0));
  float *next = memory;
#define BP_TAKE(name, count) at.name = next, next += count
  BP_TAKE(bias, biases);
  BP_TAKE(queries, rows);
  BP_TAKE(keys, rows);
  BP_TAKE(values, rows);
  BP_TAKE(queries_back, columns);
  BP_TAKE(outputs_back, columns);
  BP_TAKE(weights, pairs);
  BP_TAKE(shares, at.places);
  if (backward) {
    BP_TAKE(bias_gradient, biases);
    BP_TAKE(gradients, rows);
    BP_TAKE(gradients_back, columns);
    BP_TAKE(weight_gradients, pairs);
    BP_TAKE(key_gradients, rows);
    BP_TAKE(value_gradients, rows);
  }
#undef BP_TAKE
  attention_biases(job, at.places, job->table, at.bias, NULL);
  const int64_t all_windows = job->pictures * attention_count(job->height, job->window, job->shift) * attention_count(job->width, job->window, job->shift);
  const int64_t first = chunk * job->chunk_windows, last = first + job->chunk_windows < all_windows ? first + job->chunk_windows : all_windows;
  for (int64_t number = first; number < last; number++) {
    const attention_window of = attention_window_at(job, number);
    for (int64_t head = 0; head < job->heads; head++) {
      if (backward) BP_KERNEL(attention_backward)(job, &of, &at, head); else BP_KERNEL(attention_forward)(job, &of, &at, head);
    }
  }
  if (backward) {
    const int64_t span = 2 * job->window - 1, size = span * span * job->heads;
    float *const table = job->table_gradient + chunk * size;
    memset(table, 0, (size_t)size * sizeof(float));
    attention_biases(job, at.places, NULL, at.bias_gradient, table);
  }
  free(memory);
}

void BP_KERNEL(bp_window_attention)(const void *job, int64_t chunk) { BP_KERNEL(attention_chunk)(job, chunk); }
