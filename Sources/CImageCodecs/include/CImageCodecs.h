// Bridge to libpng and libjpeg. Both report errors by longjmp, which must not cross Swift frames: every
// jump starts and ends inside one function of this target. Nothing is decided here; sizes are checked by the caller.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

// Length of the message buffers below, the terminating zero included.
#define BPIC_MESSAGE_LENGTH 256

// Bytes made by an encoder; release them with bpic_release.
typedef struct {
  uint8_t *data;
  size_t count;
} bpic_bytes;

void bpic_release(bpic_bytes *bytes);

// All four return 0, or 1 with the library's own words in `message`.
// `pixels` is interleaved 8-bit RGB, height rows of width * 3 bytes.

int bpic_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width, uint32_t height, char *message);
int bpic_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int level, bpic_bytes *output, char *message);

int bpic_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, uint32_t width, uint32_t height, char *message);
int bpic_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int quality, int subsampled, int optimized,
                     int progressive, bpic_bytes *output, char *message);

// The version of the libpng that is loaded, for example "1.6.39".
const char *bpic_png_version(void);

// The JPEG library this was built with, for example "libjpeg-turbo 2.1.5".
const char *bpic_jpeg_version(void);

#endif
