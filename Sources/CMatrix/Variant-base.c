// The products for any processor, with registers of 4 floats.
#define BP_VARIANT base
#define BP_LANES 4
#define BP_MOST 6
#define BP_TILES BP_TILE(1, 8) BP_TILE(2, 4) BP_TILE(3, 4) BP_TILE(4, 2) BP_TILE(5, 2) BP_TILE(6, 2)
#include "Product.h"
