// The one exported function of the library; see CTorch.h for the table.
#ifndef BENCHPRESSO_CTORCHDOOR_H
#define BENCHPRESSO_CTORCHDOOR_H

// By path, not through the target CTorch: clang would want its module, which SwiftPM does not make for C++.
#include "../../CTorch/include/CTorch.h"

#ifdef __cplusplus
extern "C" {
#endif

const bp_door *bp_torch_door(void);

#ifdef __cplusplus
}
#endif

#endif
