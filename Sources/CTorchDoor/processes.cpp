// Several processes: c10d's store and its groups, and hooks on gradients. Mechanical like door.cpp.

#include "handles.h"
#include "processes.h"

#include <chrono>
#include <memory>
#include <string>

#include <c10/util/Logging.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

// libtorch brings Gloo itself but none of its headers; declarations.h says of its types what c10d's header needs.
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#ifdef BENCHPRESSO_NCCL
#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace door {

namespace {

template <typename Type>
struct Handle {
  c10::intrusive_ptr<Type> object;
};

template <typename Type>
void *owned_object(c10::intrusive_ptr<Type> object) { return new Handle<Type>{std::move(object)}; }

template <typename Type>
c10::intrusive_ptr<Type> &object(void *handle) { return static_cast<Handle<Type> *>(handle)->object; }

template <typename Type>
void release_object(void *handle) { delete static_cast<Handle<Type> *>(handle); }

struct GradientHook : public torch::autograd::PostAccumulateGradHook {
  void *closure;
  bp_gradient_hook function;
  bp_release_closure release;

  GradientHook(void *closure, bp_gradient_hook function, bp_release_closure release) : closure(closure), function(function), release(release) {}
  ~GradientHook() override { release(closure); }

  void operator()(const torch::autograd::Variable &) override {
    if (function(closure) != 0) throw std::runtime_error(error_text);
  }
};

}  // namespace

int32_t on_gradient(bp_tensor tensor, void *closure, bp_gradient_hook hook, bp_release_closure release) {
  return guarded([&] {
    std::unique_ptr<torch::autograd::PostAccumulateGradHook> owner;
    if (hook != nullptr) owner = std::make_unique<GradientHook>(closure, hook, release);
    torch::autograd::impl::set_post_acc_grad_hooks(borrowed(tensor), std::move(owner));
  });
}

int32_t open_store(const char *host, int32_t port, bool serves, const char *prefix, int64_t milliseconds, bp_store *result) {
  return guarded([&] {
    // Reads TORCH_CPP_LOG_LEVEL, as PyTorch does when it starts.
    c10::initLogging();
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = serves;
    options.waitWorkers = false;
    options.timeout = std::chrono::milliseconds(milliseconds);
    c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(std::string(host), options);
    if (prefix[0] != 0) store = c10::make_intrusive<c10d::PrefixStore>(std::string(prefix), store);
    result->ctx = owned_object(std::move(store));
  });
}

void release_store(bp_store store) { release_object<c10d::Store>(store.ctx); }

int32_t store_add(bp_store store, const char *key, int64_t amount, int64_t *result) {
  return guarded([&] { *result = object<c10d::Store>(store.ctx)->add(key, amount); });
}

bool has_backend(const char *backend) {
#ifdef BENCHPRESSO_NCCL
  if (std::string(backend) == "nccl") return true;
#endif
  return std::string(backend) == "gloo";
}

int32_t open_group(bp_store store, const char *backend, const char *address, int32_t rank, int32_t size, int64_t milliseconds, bp_group *result) {
  return guarded([&] {
    const auto &source = object<c10d::Store>(store.ctx);
    std::chrono::milliseconds timeout(milliseconds);
    c10::intrusive_ptr<c10d::Backend> group;
    if (std::string(backend) == "gloo") {
      c10::intrusive_ptr<c10d::ProcessGroupGloo::Options> options;
      if (address[0] == 0) {
        options = c10d::ProcessGroupGloo::Options::create_default(timeout);
      } else {
        options = c10d::ProcessGroupGloo::Options::create(timeout);
        options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(address));
      }
      group = c10::make_intrusive<c10d::ProcessGroupGloo>(source, rank, size, options);
#ifdef BENCHPRESSO_NCCL
    } else if (std::string(backend) == "nccl") {
      auto options = c10d::ProcessGroupNCCL::Options::create();
      options->timeout = timeout;
      group = c10::make_intrusive<c10d::ProcessGroupNCCL>(source, rank, size, options);
#endif
    } else {
      TORCH_CHECK(false, "this build has no '", backend, "'");
    }
    result->ctx = owned_object(std::move(group));
  });
}

void release_group(bp_group group) { release_object<c10d::Backend>(group.ctx); }

int32_t all_reduce(bp_group group, bp_tensor tensor, bp_work *result) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{borrowed(tensor)};
    result->ctx = owned_object(object<c10d::Backend>(group.ctx)->allreduce(tensors));
  });
}

int32_t broadcast(bp_group group, bp_tensor tensor, int32_t root, bp_work *result) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{borrowed(tensor)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    result->ctx = owned_object(object<c10d::Backend>(group.ctx)->broadcast(tensors, options));
  });
}

int32_t wait_for(bp_work work) {
  std::unique_ptr<Handle<c10d::Work>> owner(static_cast<Handle<c10d::Work> *>(work.ctx));
  return guarded([&] { owner->object->wait(); });
}

}  // namespace door
