// The kernels with registers of 16 floats (AVX-512).
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define BP_VARIANT v4
#define BP_LANES 16
#define BP_REGISTERS 32
#include "Kernels.h"
#pragma clang attribute pop
#endif
