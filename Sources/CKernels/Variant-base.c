// The kernels for any processor.
#define BP_VARIANT base
#define BP_LANES 4
#define BP_REGISTERS 16
#include "Kernels.h"
