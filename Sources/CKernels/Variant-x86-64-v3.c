// The kernels with registers of 8 floats (AVX2 with fused products and sums).
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define BP_VARIANT v3
#define BP_LANES 8
#define BP_REGISTERS 16
#include "Kernels.h"
#pragma clang attribute pop
#endif
