// The door to libtorch: a table of C functions that the library CTorchDoor exports.
//
// Only plain C crosses it, so that programs which never touch a tensor neither link nor load libtorch. Every function that can fail returns a
// status: 0, or 1 with a text behind `last_error` of the same thread. A `bp_tensor` that a function returns holds one reference, which the
// caller gives back with `release`; a `bp_tensor` that is passed in is borrowed. A handle whose `ctx` is null is an undefined tensor.
#ifndef BENCHPRESSO_CTORCH_H
#define BENCHPRESSO_CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Raised when the table changes, so that a program never calls through a table of another shape.
#define BP_DOOR_VERSION 6
#define BP_DOOR_SYMBOL "bp_torch_door"

typedef struct { void *ctx; } bp_tensor;
typedef struct { void *ctx; } bp_operator;
typedef struct { void *ctx; } bp_script;
typedef struct { void *ctx; } bp_watch;
typedef struct { void *ctx; } bp_store;
typedef struct { void *ctx; } bp_group;
typedef struct { void *ctx; } bp_work;

typedef enum {
  BP_NONE = 0,
  BP_BOOL,     // integer
  BP_INT,      // integer
  BP_DOUBLE,   // real
  BP_TENSOR,   // pointer: the tensor's ctx
  BP_INTS,     // pointer: int64_t[integer]
  BP_DOUBLES,  // pointer: double[integer]
  BP_TENSORS,  // pointer: bp_tensor[integer]
  BP_STRING,   // pointer: UTF-8, zero terminated
  BP_DEVICE,   // pointer: name as PyTorch writes it ("cpu", "cuda:0")
  BP_SEED,     // integer: a fresh CPU generator with this seed
} bp_tag;

typedef struct {
  int32_t tag;
  int64_t integer;
  double real;
  const void *pointer;
} bp_value;

// A gradient computed by the caller: `grads` are the gradients of the outputs, `results` receives one reference for each input.
typedef int32_t (*bp_backward)(void *closure, const bp_tensor *grads, int64_t grad_count, bp_tensor *results, int64_t result_count);
typedef void (*bp_release_closure)(void *closure);
// Called during a backward when the gradient of a tensor is complete; anything but 0 is an error behind `set_error`.
typedef int32_t (*bp_gradient_hook)(void *closure);
// One chunk of a job that can be spread over threads.
typedef void (*bp_chunk)(const void *job, int64_t chunk);
// Receives a tensor of a script under its full name, which lives until the function returns, and one reference to the tensor.
typedef void (*bp_named_tensor)(void *closure, const char *name, bp_tensor tensor);

typedef struct {
  int32_t version;
  const char *(*last_error)(void);
  void (*set_error)(const char *text);
  const char *(*torch_version)(void);
  const char *(*cpu_capability)(void);

  // Operators, by the names of the dispatcher.
  int32_t (*find_operator)(const char *name, const char *overload, bp_operator *result);
  // Missing trailing arguments take the schema's defaults; a returned list is laid out flat.
  int32_t (*call)(bp_operator operation, const bp_value *arguments, int64_t count, bp_value *results, int64_t capacity, int64_t *result_count);

  // Tensors.
  bp_tensor (*retain)(bp_tensor tensor);
  void (*release)(bp_tensor tensor);
  int64_t (*dimensions)(bp_tensor tensor);
  void (*sizes)(bp_tensor tensor, int64_t *result);
  void (*strides)(bp_tensor tensor, int64_t *result);
  int64_t (*element_count)(bp_tensor tensor);
  int32_t (*element_type)(bp_tensor tensor);  // c10::ScalarType
  int32_t (*device_name)(bp_tensor tensor, char *buffer, int64_t capacity);
  bool (*is_contiguous)(bp_tensor tensor, bool channels_last);
  int32_t (*data)(bp_tensor tensor, void **result);

  // Automatic differentiation.
  bool (*requires_grad)(bp_tensor tensor);
  int32_t (*set_requires_grad)(bp_tensor tensor, bool value);
  int32_t (*gradient)(bp_tensor tensor, bp_tensor *result);
  int32_t (*set_gradient)(bp_tensor tensor, bp_tensor gradient);
  bool (*set_grad_enabled)(bool enabled);  // returns the earlier state of this thread
  int32_t (*backward)(const bp_tensor *outputs, const bp_tensor *gradients, int64_t count, bool retain_graph);
  int32_t (*grad)(const bp_tensor *outputs, const bp_tensor *gradients, int64_t output_count, const bp_tensor *inputs, int64_t input_count, bool retain_graph,
                  bool create_graph, bp_tensor *results);
  // Gives `outputs`, computed without gradients from `inputs`, a backward of the caller; the results stand for the outputs.
  int32_t (*attach_backward)(const bp_tensor *inputs, int64_t input_count, const bp_tensor *outputs, int64_t output_count, void *closure, bp_backward backward,
                             bp_release_closure release, bp_tensor *results);

  // Global state.
  int32_t (*seed)(uint64_t seed);
  int32_t (*set_threads)(int32_t count);
  int32_t (*threads)(void);
  // Calls `chunk` for 0, 1, … count − 1, in any order and on as many threads as one operator uses; returns when all are done.
  void (*run_chunks)(int64_t count, const void *job, bp_chunk chunk);
  // The same on so many threads, with operators in the chunks that use one thread each and record no gradients.
  void (*run_chunks_of_operators)(int64_t count, int32_t threads, const void *job, bp_chunk chunk);
  int32_t (*set_deterministic)(bool value);
  int32_t (*set_matmul_precision)(const char *precision);  // highest, high, medium
  // Automatic mixed precision of this thread for a kind of device; lower precision is bfloat16.
  int32_t (*set_mixed_precision)(const char *device, bool enabled, bool *earlier);
  int32_t (*load_cuda)(const char *library, bool *available);
  int32_t (*synchronize)(const char *device);

  // TorchScript modules.
  int32_t (*load_script)(const void *bytes, int64_t count, const char *device, bp_script *result);
  void (*release_script)(bp_script script);
  // Its tensors are those that the script computes with: to write into them changes what it computes.
  int32_t (*script_parameters)(bp_script script, void *closure, bp_named_tensor receive);
  int32_t (*script_buffers)(bp_script script, void *closure, bp_named_tensor receive);
  int32_t (*set_script_training)(bp_script script, bool training);
  // Runs the graph as it was written, without the optimisations that libtorch makes after the first calls; the result must be one tensor.
  int32_t (*script_forward)(bp_script script, bp_tensor input, bp_tensor *result);

  // Memory.
  // Counts the bytes of the tensors that this thread makes and gives back from now on, those of a backward included; watches of one thread end in
  // the opposite order, on the thread where they began.
  int32_t (*begin_watch)(bp_watch *result);
  void (*read_watch)(bp_watch watch, int64_t *live, int64_t *peak);
  void (*reset_watch)(bp_watch watch);  // The peak is from now on that of what is live now.
  void (*end_watch)(bp_watch watch);
  int32_t (*device_memory)(const char *device, int64_t *free, int64_t *total);  // of a GPU whose back end is loaded

  // Several processes.
  // Sets the one hook of a leaf, or removes it where `hook` is null; the closure is released with the hook.
  int32_t (*on_gradient)(bp_tensor tensor, void *closure, bp_gradient_hook hook, bp_release_closure release);
  // A store that all processes see, at one of them (`serves`) or at whoever started them.
  int32_t (*open_store)(const char *host, int32_t port, bool serves, const char *prefix, int64_t milliseconds, bp_store *result);
  void (*release_store)(bp_store store);
  // Adds to a counter, which begins at 0, and returns it.
  int32_t (*store_add)(bp_store store, const char *key, int64_t amount, int64_t *result);
  bool (*has_backend)(const char *backend);
  // Connects the processes; `backend` is gloo or nccl, `address` the one that gloo listens on, empty for that of the machine's name.
  int32_t (*open_group)(bp_store store, const char *backend, const char *address, int32_t rank, int32_t size, int64_t milliseconds, bp_group *result);
  void (*release_group)(bp_group group);
  // Both begin and return at once; the tensor must be contiguous and live until `wait_for`, which also ends the handle.
  int32_t (*all_reduce)(bp_group group, bp_tensor tensor, bp_work *result);
  int32_t (*broadcast)(bp_group group, bp_tensor tensor, int32_t root, bp_work *result);
  int32_t (*wait_for)(bp_work work);
} bp_door;

// Keeps freed memory in the process. Large tensors come and go with every operator; glibc would give each back to the system and have it cleared
// again, which costs a training step a fifth to a third of its time (Documentation/Decisions). Does nothing with other C libraries.
void bp_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif

#endif
