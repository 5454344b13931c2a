// The C++ side of the door: mechanical, without logic, validation or I/O. Every entry that can throw runs inside `guarded`.
// What concerns several processes is in processes.cpp, memory in memory.cpp.

#include "CTorchDoor.h"
#include "handles.h"
#include "memory.h"
#include "processes.h"

#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/GradMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/edge.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/version.h>

// libtorch's own threads, which wait for work where they are; others beside them would take their cores. Where libtorch comes with another OpenMP
// than GNU's the function is missing, and chunks run on the calling thread.
#if defined(__linux__)
extern "C" __attribute__((weak)) void GOMP_parallel(void (*function)(void *), void *data, unsigned threads, unsigned flags);
extern "C" __attribute__((weak)) void omp_set_num_threads(int count);
#else
static void (*const GOMP_parallel)(void (*)(void *), void *, unsigned, unsigned) = nullptr;
static void (*const omp_set_num_threads)(int) = nullptr;
#endif

namespace {

using namespace door;

const c10::Type &unwrapped(const c10::Type &type) {
  if (type.kind() == c10::TypeKind::OptionalType) return *type.castRaw<c10::OptionalType>()->getElementType();
  return type;
}

c10::IValue optional_tensors(const bp_tensor *tensors, int64_t count) {
  c10::List<std::optional<at::Tensor>> list;
  list.reserve(count);
  for (int64_t i = 0; i < count; ++i) {
    list.push_back(tensors[i].ctx == nullptr ? std::nullopt : std::optional<at::Tensor>(borrowed(tensors[i])));
  }
  return list;
}

c10::IValue converted(const bp_value &value, const c10::Type &declared) {
  const c10::Type &type = unwrapped(declared);
  switch (value.tag) {
    case BP_NONE: return c10::IValue();
    case BP_BOOL: return c10::IValue(value.integer != 0);
    case BP_INT:
      if (type.kind() == c10::TypeKind::FloatType) return c10::IValue(static_cast<double>(value.integer));
      return c10::IValue(value.integer);
    case BP_DOUBLE: return c10::IValue(value.real);
    case BP_TENSOR: return c10::IValue(borrowed(bp_tensor{const_cast<void *>(value.pointer)}));
    case BP_INTS: {
      auto elements = static_cast<const int64_t *>(value.pointer);
      return c10::IValue(std::vector<int64_t>(elements, elements + value.integer));
    }
    case BP_DOUBLES: {
      auto elements = static_cast<const double *>(value.pointer);
      return c10::IValue(std::vector<double>(elements, elements + value.integer));
    }
    case BP_TENSORS: {
      auto elements = static_cast<const bp_tensor *>(value.pointer);
      if (type.kind() == c10::TypeKind::ListType && type.castRaw<c10::ListType>()->getElementType()->kind() == c10::TypeKind::OptionalType) {
        return optional_tensors(elements, value.integer);
      }
      return c10::IValue(borrowed(elements, value.integer));
    }
    case BP_STRING: return c10::IValue(std::string(static_cast<const char *>(value.pointer)));
    case BP_DEVICE: return c10::IValue(c10::Device(static_cast<const char *>(value.pointer)));
    case BP_SEED: return c10::IValue(at::detail::createCPUGenerator(static_cast<uint64_t>(value.integer)));
    default: TORCH_CHECK(false, "unknown argument tag ", value.tag);
  }
}

struct Results {
  bp_value *values;
  int64_t capacity;
  int64_t count = 0;

  void append(bp_value value) {
    TORCH_CHECK(count < capacity, "the operator returns more than ", capacity, " values");
    values[count++] = value;
  }

  void append(const c10::IValue &value) {
    if (value.isTensor()) {
      append(bp_value{BP_TENSOR, 0, 0, owned(value.toTensor()).ctx});
    } else if (value.isTensorList()) {
      for (at::Tensor tensor : value.toTensorVector()) append(bp_value{BP_TENSOR, 0, 0, owned(std::move(tensor)).ctx});
    } else if (value.isBool()) {
      append(bp_value{BP_BOOL, value.toBool(), 0, nullptr});
    } else if (value.isInt()) {
      append(bp_value{BP_INT, value.toInt(), 0, nullptr});
    } else if (value.isDouble()) {
      append(bp_value{BP_DOUBLE, 0, value.toDouble(), nullptr});
    } else if (value.isNone()) {
      append(bp_value{BP_NONE, 0, 0, nullptr});
    } else {
      TORCH_CHECK(false, "the operator returns a ", value.tagKind(), ", which cannot pass here");
    }
  }
};

int32_t find_operator(const char *name, const char *overload, bp_operator *result) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    result->ctx = new c10::OperatorHandle(handle);
  });
}

int32_t call(bp_operator operation, const bp_value *arguments, int64_t count, bp_value *results, int64_t capacity, int64_t *result_count) {
  *result_count = 0;
  return guarded([&] {
    const auto &handle = *static_cast<const c10::OperatorHandle *>(operation.ctx);
    const auto &schema = handle.schema();
    const auto &declared = schema.arguments();
    TORCH_CHECK(static_cast<size_t>(count) <= declared.size(), schema.name(), " takes ", declared.size(), " arguments, not ", count);
    torch::jit::Stack stack;
    stack.reserve(declared.size());
    for (int64_t i = 0; i < count; ++i) stack.push_back(converted(arguments[i], *declared[i].type()));
    for (size_t i = count; i < declared.size(); ++i) {
      TORCH_CHECK(declared[i].default_value().has_value(), schema.name(), " needs its argument '", declared[i].name(), "'");
      stack.push_back(*declared[i].default_value());
    }
    handle.callBoxed(stack);
    Results collected{results, capacity};
    for (const auto &value : stack) collected.append(value);
    *result_count = collected.count;
  });
}

bp_tensor retain(bp_tensor tensor) { return owned(borrowed(tensor)); }

void release(bp_tensor tensor) {
  if (tensor.ctx == nullptr) return;
  auto taken = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(implementation(tensor));
}

int64_t dimensions(bp_tensor tensor) { return implementation(tensor)->dim(); }

void sizes(bp_tensor tensor, int64_t *result) {
  auto source = implementation(tensor)->sizes();
  std::copy(source.begin(), source.end(), result);
}

void strides(bp_tensor tensor, int64_t *result) {
  auto source = implementation(tensor)->strides();
  std::copy(source.begin(), source.end(), result);
}

int64_t element_count(bp_tensor tensor) { return implementation(tensor)->numel(); }

int32_t element_type(bp_tensor tensor) { return static_cast<int32_t>(c10::typeMetaToScalarType(implementation(tensor)->dtype())); }

int32_t device_name(bp_tensor tensor, char *buffer, int64_t capacity) {
  return guarded([&] {
    auto name = implementation(tensor)->device().str();
    TORCH_CHECK(static_cast<int64_t>(name.size()) < capacity, "the device's name is too long");
    std::memcpy(buffer, name.c_str(), name.size() + 1);
  });
}

bool is_contiguous(bp_tensor tensor, bool channels_last) {
  return borrowed(tensor).is_contiguous(channels_last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

int32_t data(bp_tensor tensor, void **result) {
  return guarded([&] {
    auto source = borrowed(tensor);
    TORCH_CHECK(source.device().is_cpu(), "the tensor is on ", source.device().str(), "; copy it to the CPU first");
    *result = source.mutable_data_ptr();
  });
}

bool requires_grad(bp_tensor tensor) { return borrowed(tensor).requires_grad(); }

int32_t set_requires_grad(bp_tensor tensor, bool value) {
  return guarded([&] { borrowed(tensor).requires_grad_(value); });
}

int32_t gradient(bp_tensor tensor, bp_tensor *result) {
  return guarded([&] { *result = owned(borrowed(tensor).grad()); });
}

int32_t set_gradient(bp_tensor tensor, bp_tensor gradient) {
  return guarded([&] { borrowed(tensor).mutable_grad() = borrowed(gradient); });
}

bool set_grad_enabled(bool enabled) {
  bool earlier = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled);
  return earlier;
}

int32_t backward(const bp_tensor *outputs, const bp_tensor *gradients, int64_t count, bool retain_graph) {
  return guarded([&] { torch::autograd::backward(borrowed(outputs, count), borrowed(gradients, count), retain_graph); });
}

int32_t grad(const bp_tensor *outputs, const bp_tensor *gradients, int64_t output_count, const bp_tensor *inputs, int64_t input_count, bool retain_graph,
             bool create_graph, bp_tensor *results) {
  return guarded([&] {
    auto found = torch::autograd::grad(borrowed(outputs, output_count), borrowed(inputs, input_count), borrowed(gradients, output_count), retain_graph,
                                       create_graph, /*allow_unused=*/true);
    for (int64_t i = 0; i < input_count; ++i) results[i] = owned(std::move(found[i]));
  });
}

struct CallerNode : public torch::autograd::Node {
  void *closure;
  bp_backward function;
  bp_release_closure release;
  int64_t input_count;

  CallerNode(void *closure, bp_backward function, bp_release_closure release, int64_t input_count)
      : closure(closure), function(function), release(release), input_count(input_count) {}

  ~CallerNode() override { release(closure); }

  torch::autograd::variable_list apply(torch::autograd::variable_list &&grads) override {
    std::vector<bp_tensor> given;
    given.reserve(grads.size());
    for (const auto &each : grads) given.push_back(bp_tensor{each.defined() ? each.unsafeGetTensorImpl() : nullptr});
    std::vector<bp_tensor> received(input_count, bp_tensor{nullptr});
    int32_t status = function(closure, given.data(), static_cast<int64_t>(given.size()), received.data(), input_count);
    torch::autograd::variable_list result;
    result.reserve(input_count);
    for (auto each : received) {
      result.push_back(each.ctx == nullptr ? at::Tensor()
                                           : at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(implementation(each))));
    }
    if (status != 0) throw std::runtime_error(error_text);
    return result;
  }
};

int32_t attach_backward(const bp_tensor *inputs, int64_t input_count, const bp_tensor *outputs, int64_t output_count, void *closure, bp_backward backward,
                        bp_release_closure release, bp_tensor *results) {
  c10::intrusive_ptr<CallerNode> node;
  int32_t status = guarded([&] {
    node = c10::make_intrusive<CallerNode>(closure, backward, release, input_count);
    auto variables = borrowed(inputs, input_count);
    node->set_next_edges(torch::autograd::collect_next_edges(variables));
    for (int64_t i = 0; i < output_count; ++i) {
      auto output = borrowed(outputs[i]).detach();
      torch::autograd::create_gradient_edge(output, c10::intrusive_ptr<torch::autograd::Node>(node));
      results[i] = owned(std::move(output));
    }
  });
  if (!node) release(closure);
  return status;
}

int32_t seed(uint64_t value) {
  return guarded([&] { at::manual_seed(value); });
}

int32_t set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

int32_t threads() { return at::get_num_threads(); }

struct Chunks {
  int64_t count;
  const void *job;
  bp_chunk run;
  std::atomic<int64_t> next{0};

  static void work(void *given) {
    auto &chunks = *static_cast<Chunks *>(given);
    for (int64_t chunk; (chunk = chunks.next.fetch_add(1)) < chunks.count;) chunks.run(chunks.job, chunk);
  }
};

void run_chunks(int64_t count, const void *job, bp_chunk chunk) {
  Chunks chunks{count, job, chunk};
  const int64_t wanted = std::min<int64_t>(count, at::get_num_threads());
  if (wanted > 1 && GOMP_parallel != nullptr && !at::in_parallel_region()) {
    GOMP_parallel(Chunks::work, &chunks, static_cast<unsigned>(wanted), 0);
  } else {
    Chunks::work(&chunks);
  }
}

// oneDNN chooses how it computes by the number of threads that it could have, also within a parallel region; what is set there ends with it.
void work_on_operators(void *chunks) {
  if (omp_set_num_threads != nullptr) omp_set_num_threads(1);
  c10::AutoGradMode gradients(false);
  Chunks::work(chunks);
}

void run_chunks_of_operators(int64_t count, int32_t threads, const void *job, bp_chunk chunk) {
  Chunks chunks{count, job, chunk};
  const int64_t wanted = std::min<int64_t>(count, threads);
  if (wanted > 1 && GOMP_parallel != nullptr && !at::in_parallel_region()) {
    GOMP_parallel(work_on_operators, &chunks, static_cast<unsigned>(wanted), 0);
  } else {
    c10::AutoGradMode gradients(false);
    Chunks::work(&chunks);
  }
}

int32_t set_deterministic(bool value) {
  return guarded([&] {
    at::globalContext().setDeterministicAlgorithms(value, /*warn_only=*/false);
    at::globalContext().setDeterministicFillUninitializedMemory(false);
  });
}

int32_t set_matmul_precision(const char *precision) {
  return guarded([&] { at::globalContext().setFloat32MatmulPrecision(std::string(precision)); });
}

int32_t set_mixed_precision(const char *device, bool enabled, bool *earlier) {
  return guarded([&] {
    auto type = c10::Device(std::string(device)).type();
    *earlier = at::autocast::is_autocast_enabled(type);
    at::autocast::set_autocast_dtype(type, at::kBFloat16);
    at::autocast::set_autocast_enabled(type, enabled);
    // Copies of weights in lower precision do not outlive the forward pass that made them.
    at::autocast::set_autocast_cache_enabled(false);
  });
}

int32_t load_cuda(const char *library, bool *available) {
  return guarded([&] {
    // Loading registers the CUDA back end; a missing library just means a build of libtorch without it.
    dlopen(library, RTLD_NOW | RTLD_GLOBAL);
    *available = at::hasCUDA();
  });
}

int32_t synchronize(const char *device) {
  return guarded([&] {
    c10::Device target{std::string(device)};
    if (target.is_cpu()) return;
    c10::impl::VirtualGuardImpl guard(target.type());
    guard.synchronizeDevice(target.has_index() ? target.index() : guard.getDevice().index());
  });
}

torch::jit::Module &implementation(bp_script script) { return *static_cast<torch::jit::Module *>(script.ctx); }

int32_t load_script(const void *bytes, int64_t count, const char *device, bp_script *result) {
  return guarded([&] {
    std::istringstream stream(std::string(static_cast<const char *>(bytes), static_cast<size_t>(count)));
    result->ctx = new torch::jit::Module(torch::jit::load(stream, c10::Device(std::string(device)), /*load_debug_files=*/false));
  });
}

void release_script(bp_script script) { delete static_cast<torch::jit::Module *>(script.ctx); }

template <typename NamedTensors>
void pass(const NamedTensors &tensors, void *closure, bp_named_tensor receive) {
  for (const auto &each : tensors) receive(closure, each.name.c_str(), owned(each.value));
}

int32_t script_parameters(bp_script script, void *closure, bp_named_tensor receive) {
  return guarded([&] { pass(implementation(script).named_parameters(), closure, receive); });
}

int32_t script_buffers(bp_script script, void *closure, bp_named_tensor receive) {
  return guarded([&] { pass(implementation(script).named_buffers(), closure, receive); });
}

int32_t set_script_training(bp_script script, bool training) {
  return guarded([&] { implementation(script).train(training); });
}

int32_t script_forward(bp_script script, bp_tensor input, bp_tensor *result) {
  return guarded([&] {
    torch::jit::GraphOptimizerEnabledGuard as_written(false);
    auto value = implementation(script).forward({borrowed(input)});
    TORCH_CHECK(value.isTensor(), "it returns ", value.type()->repr_str(), ", not one tensor");
    *result = owned(value.toTensor());
  });
}

const bp_door table = {
    BP_DOOR_VERSION,
    [] { return error_text.c_str(); },
    [](const char *text) { error_text = text; },
    [] { return TORCH_VERSION; },
    [] {
      static const std::string capability = at::get_cpu_capability();
      return capability.c_str();
    },
    find_operator,
    call,
    retain,
    release,
    dimensions,
    sizes,
    strides,
    element_count,
    element_type,
    device_name,
    is_contiguous,
    data,
    requires_grad,
    set_requires_grad,
    gradient,
    set_gradient,
    set_grad_enabled,
    backward,
    grad,
    attach_backward,
    seed,
    set_threads,
    threads,
    run_chunks,
    run_chunks_of_operators,
    set_deterministic,
    set_matmul_precision,
    set_mixed_precision,
    load_cuda,
    synchronize,
    load_script,
    release_script,
    script_parameters,
    script_buffers,
    set_script_training,
    script_forward,
    begin_watch,
    read_watch,
    reset_watch,
    end_watch,
    device_memory,
    on_gradient,
    open_store,
    release_store,
    store_add,
    has_backend,
    open_group,
    release_group,
    all_reduce,
    broadcast,
    wait_for,
};

}  // namespace

const bp_door *bp_torch_door(void) { return &table; }
