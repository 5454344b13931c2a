// What every entry of the door needs: the guard, and tensors behind handles.
#ifndef BENCHPRESSO_HANDLES_H
#define BENCHPRESSO_HANDLES_H

#include "CTorchDoor.h"

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

namespace door {

inline thread_local std::string error_text;

template <typename Body>
int32_t guarded(Body &&body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &error) {
    error_text = error.what_without_backtrace();
  } catch (const std::exception &error) {
    error_text = error.what();
  } catch (...) {
    error_text = "an exception of unknown type";
  }
  return 1;
}

inline at::TensorImpl *implementation(bp_tensor tensor) { return static_cast<at::TensorImpl *>(tensor.ctx); }

inline at::Tensor borrowed(bp_tensor tensor) {
  if (tensor.ctx == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(implementation(tensor)));
}

inline bp_tensor owned(at::Tensor tensor) {
  if (!tensor.defined()) return bp_tensor{nullptr};
  return bp_tensor{tensor.unsafeReleaseTensorImpl()};
}

inline std::vector<at::Tensor> borrowed(const bp_tensor *tensors, int64_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int64_t i = 0; i < count; ++i) result.push_back(borrowed(tensors[i]));
  return result;
}

}  // namespace door

#endif
