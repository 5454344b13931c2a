#include "CImageCodecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

// A picture needs about ten scans; a file with thousands is made to keep a decoder busy.
#define SCAN_LIMIT 500

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf jump;
  char *message;
} errors;

static void fail(j_common_ptr info) {
  errors *handler = (errors *)info->err;
  char words[JMSG_LENGTH_MAX];
  handler->manager.format_message(info, words);
  snprintf(handler->message, BPIC_MESSAGE_LENGTH, "%s", words);
  longjmp(handler->jump, 1);
}

// Level -1 is a warning. Those that mean that coded data are missing or wrong end the decoding;
// the others (stray bytes between segments, an unusual JFIF version) leave the picture whole.
static void note(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
  case JWRN_JPEG_EOF:
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_ARITH_BAD_CODE:
  case JWRN_MUST_RESYNC:
  case JWRN_BOGUS_PROGRESSION:
  case JWRN_NOT_SEQUENTIAL: fail(info);
  default: return;
  }
}

static void monitor(j_common_ptr info) {
  if (!info->is_decompressor || ((j_decompress_ptr)info)->input_scan_number <= SCAN_LIMIT) return;
  errors *handler = (errors *)info->err;
  snprintf(handler->message, BPIC_MESSAGE_LENGTH, "more than %d scans", SCAN_LIMIT);
  longjmp(handler->jump, 1);
}

static void refuse(errors *handler, const char *words) {
  snprintf(handler->message, BPIC_MESSAGE_LENGTH, "%s", words);
  longjmp(handler->jump, 1);
}

static void listen(errors *handler, char *message) {
  message[0] = 0;
  jpeg_std_error(&handler->manager);
  handler->manager.error_exit = fail;
  handler->manager.emit_message = note;
  handler->message = message;
}

// jpeg_mem_dest loses track of its buffer when an error ends the work, so the bytes are gathered here.
typedef struct {
  struct jpeg_destination_mgr manager;
  bpic_bytes bytes;
  size_t capacity;
} sink;

static void begin(j_compress_ptr info) { (void)info; }

static boolean grow(j_compress_ptr info) {
  sink *output = (sink *)info->dest;
  size_t filled = output->capacity;
  size_t capacity = filled == 0 ? 1 << 16 : filled * 2;
  uint8_t *data = realloc(output->bytes.data, capacity);
  if (data == NULL) refuse((errors *)info->err, "out of memory");
  output->bytes.data = data;
  output->capacity = capacity;
  output->manager.next_output_byte = data + filled;
  output->manager.free_in_buffer = capacity - filled;
  return TRUE;
}

static void end(j_compress_ptr info) {
  sink *output = (sink *)info->dest;
  output->bytes.count = output->capacity - output->manager.free_in_buffer;
}

int bpic_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width, uint32_t height, char *message) {
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress;
  errors handler;
  memset(&info, 0, sizeof info);
  memset(&progress, 0, sizeof progress);
  listen(&handler, message);
  info.err = &handler.manager;
  progress.progress_monitor = monitor;
  if (setjmp(handler.jump)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_create_decompress(&info);
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  if (info.image_width != width || info.image_height != height) {
    refuse(&handler, "the size in the header is not the announced one");
  }
  info.out_color_space = JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  if (info.output_width != width || info.output_height != height || info.output_components != 3) {
    refuse(&handler, "the rows are not 8-bit RGB after conversion");
  }
  size_t stride = (size_t)width * 3;
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = pixels + info.output_scanline * stride;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return 0;
}

int bpic_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality, int subsampled, int optimized,
                     int progressive, bpic_bytes *result, char *message) {
  struct jpeg_compress_struct info;
  errors handler;
  sink output;
  memset(&output, 0, sizeof output);
  memset(&info, 0, sizeof info);
  listen(&handler, message);
  info.err = &handler.manager;
  if (setjmp(handler.jump)) {
    jpeg_destroy_compress(&info);
    bpic_release(&output.bytes);
    return 1;
  }
  jpeg_create_compress(&info);
  output.manager.init_destination = begin;
  output.manager.empty_output_buffer = grow;
  output.manager.term_destination = end;
  info.dest = &output.manager;
  grow(&info);
  info.image_width = width;
  info.image_height = height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.dct_method = JDCT_ISLOW;
  info.optimize_coding = optimized ? TRUE : FALSE;
  info.comp_info[0].h_samp_factor = subsampled ? 2 : 1;
  info.comp_info[0].v_samp_factor = subsampled ? 2 : 1;
  if (progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  size_t stride = (size_t)width * 3;
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + info.next_scanline * stride);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *result = output.bytes;
  return 0;
}

#define BPIC_TEXT_OF(value) #value
#define BPIC_TEXT(value) BPIC_TEXT_OF(value)

const char *bpic_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
  return "libjpeg-turbo " BPIC_TEXT(LIBJPEG_TURBO_VERSION);
#else
  return "libjpeg " BPIC_TEXT(JPEG_LIB_VERSION);
#endif
}
