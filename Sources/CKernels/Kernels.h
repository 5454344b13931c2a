// All kernels, in the variant of the file that includes this one.
#include "CKernels.h"
#include "Lanes.h"
#include "MatrixTile.h"
#include "Scratch.h"
#include "Normalization.h"
#include "Convolution.h"
