// The entries for several processes; see CTorch.h.
#ifndef BENCHPRESSO_PROCESSES_H
#define BENCHPRESSO_PROCESSES_H

#include "CTorchDoor.h"

namespace door {

int32_t on_gradient(bp_tensor tensor, void *closure, bp_gradient_hook hook, bp_release_closure release);
int32_t open_store(const char *host, int32_t port, bool serves, const char *prefix, int64_t milliseconds, bp_store *result);
void release_store(bp_store store);
int32_t store_add(bp_store store, const char *key, int64_t amount, int64_t *result);
bool has_backend(const char *backend);
int32_t open_group(bp_store store, const char *backend, const char *address, int32_t rank, int32_t size, int64_t milliseconds, bp_group *result);
void release_group(bp_group group);
int32_t all_reduce(bp_group group, bp_tensor tensor, bp_work *result);
int32_t broadcast(bp_group group, bp_tensor tensor, int32_t root, bp_work *result);
int32_t wait_for(bp_work work);

}  // namespace door

#endif
