// The entries that watch what tensors take in memory; see CTorch.h.
#ifndef BENCHPRESSO_MEMORY_H
#define BENCHPRESSO_MEMORY_H

#include "CTorchDoor.h"

namespace door {

int32_t begin_watch(bp_watch *result);
void read_watch(bp_watch watch, int64_t *live, int64_t *peak);
void reset_watch(bp_watch watch);
void end_watch(bp_watch watch);
int32_t device_memory(const char *device, int64_t *free, int64_t *total);

}  // namespace door

#endif
