// The products with registers of 16 floats, of which AVX-512 has 32.
#if defined(__x86_64__)
// Without a least width, clang splits vectors of 16 into two registers of 8.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define BP_VARIANT v4
#define BP_LANES 16
#define BP_MOST 12
#define BP_TILES                                                                                                       \
  BP_TILE(1, 4) BP_TILE(2, 8) BP_TILE(3, 4) BP_TILE(4, 4) BP_TILE(5, 4) BP_TILE(6, 4)                                  \
  BP_TILE(7, 2) BP_TILE(8, 2) BP_TILE(9, 2) BP_TILE(10, 2) BP_TILE(11, 2) BP_TILE(12, 2)
#include "Product.h"
#pragma clang attribute pop
#endif
