// The products with registers of 8 floats.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define BP_VARIANT avx2
#define BP_LANES 8
#define BP_MOST 6
#define BP_TILES BP_TILE(1, 8) BP_TILE(2, 4) BP_TILE(3, 2) BP_TILE(4, 2) BP_TILE(5, 2) BP_TILE(6, 2)
#include "Product.h"
#pragma clang attribute pop
#endif
