// What tensors take in memory, as libtorch's allocators report it to whoever profiles the thread.

#include "memory.h"
#include "handles.h"

#include <atomic>
#include <memory>

#include <c10/core/Allocator.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/util/Logging.h>
#include <c10/util/ThreadLocalDebugInfo.h>

namespace door {

namespace {

class Report final : public c10::MemoryReportingInfoBase {
 public:
  std::atomic<int64_t> live{0};
  std::atomic<int64_t> peak{0};

  void reportMemoryUsage(void *, int64_t size, size_t, size_t, c10::Device) override {
    int64_t now = live += size;
    int64_t most = peak.load();
    while (now > most && !peak.compare_exchange_weak(most, now)) {}
  }

  bool memoryProfilingEnabled() const override { return true; }
};

struct Watch {
  std::shared_ptr<Report> report = std::make_shared<Report>();
  // A block from before the watch that is given back during it is worth a warning to libtorch, and none to us.
  int log_level = FLAGS_caffe2_log_level;
  c10::DebugInfoGuard guard{c10::DebugInfoKind::PROFILER_STATE, report};

  Watch() { FLAGS_caffe2_log_level = 2; }
  ~Watch() { FLAGS_caffe2_log_level = log_level; }
};

Report &report(bp_watch watch) { return *static_cast<Watch *>(watch.ctx)->report; }

}  // namespace

int32_t begin_watch(bp_watch *result) {
  return guarded([&] { result->ctx = new Watch(); });
}

void read_watch(bp_watch watch, int64_t *live, int64_t *peak) {
  *live = report(watch).live;
  *peak = report(watch).peak;
}

void reset_watch(bp_watch watch) { report(watch).peak = report(watch).live.load(); }

void end_watch(bp_watch watch) { delete static_cast<Watch *>(watch.ctx); }

int32_t device_memory(const char *name, int64_t *free, int64_t *total) {
  return guarded([&] {
    c10::Device device(name);
    auto [now, all] = c10::getDeviceAllocator(device.type())->getMemoryInfo(device.has_index() ? device.index() : c10::DeviceIndex(0));
    *free = static_cast<int64_t>(now);
    *total = static_cast<int64_t>(all);
  });
}

}  // namespace door
