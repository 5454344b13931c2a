#include "CImageCodecs.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t position;
} source;

typedef struct {
  bpic_bytes bytes;
  size_t capacity;
} sink;

void bpic_release(bpic_bytes *bytes) {
  free(bytes->data);
  bytes->data = NULL;
  bytes->count = 0;
}

static void fail(png_structp png, png_const_charp words) {
  snprintf((char *)png_get_error_ptr(png), BPIC_MESSAGE_LENGTH, "%s", words);
  longjmp(png_jmpbuf(png), 1);
}

static void ignore(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void pull(png_structp png, png_bytep target, size_t count) {
  source *input = (source *)png_get_io_ptr(png);
  if (count > input->count - input->position) png_error(png, "the file ends too early");
  memcpy(target, input->bytes + input->position, count);
  input->position += count;
}

static void push(png_structp png, png_bytep bytes, size_t count) {
  sink *output = (sink *)png_get_io_ptr(png);
  if (count > output->capacity - output->bytes.count) {
    size_t capacity = (output->bytes.count + count) * 2;
    uint8_t *data = realloc(output->bytes.data, capacity);
    if (data == NULL) png_error(png, "out of memory");
    output->bytes.data = data;
    output->capacity = capacity;
  }
  memcpy(output->bytes.data + output->bytes.count, bytes, count);
  output->bytes.count += count;
}

static void flush(png_structp png) { (void)png; }

int bpic_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width, uint32_t height, char *message) {
  message[0] = 0;
  source input = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_read_struct(&png, NULL, NULL);
    snprintf(message, BPIC_MESSAGE_LENGTH, "libpng could not be started");
    return 1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_set_read_fn(png, &input, pull);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  // Ancillary chunks (gamma, colour profile, text, time) do not take part: they are skipped unparsed.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height) {
    png_error(png, "the size in the header is not the announced one");
  }
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_strip_alpha(png);
  png_set_gray_to_rgb(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)width * 3;
  if (png_get_rowbytes(png, info) != stride) png_error(png, "the rows are not 8-bit RGB after conversion");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < height; row++) png_read_row(png, pixels + row * stride, NULL);
  }
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

int bpic_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int level, bpic_bytes *result, char *message) {
  message[0] = 0;
  sink output = {{NULL, 0}, 0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_write_struct(&png, NULL);
    snprintf(message, BPIC_MESSAGE_LENGTH, "libpng could not be started");
    return 1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    bpic_release(&output.bytes);
    return 1;
  }
  png_set_write_fn(png, &output, push, flush);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_compression_level(png, level);
  png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  size_t stride = (size_t)width * 3;
  for (uint32_t row = 0; row < height; row++) png_write_row(png, pixels + row * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  *result = output.bytes;
  return 0;
}

const char *bpic_png_version(void) { return png_get_libpng_ver(NULL); }
