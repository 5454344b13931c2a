// What c10d's header needs to know of Gloo's types, all of which it holds behind pointers.
//
// The wheel of libtorch holds Gloo in libtorch_cpu but none of its headers. Nothing here is ever constructed or called by this library.
#ifndef BENCHPRESSO_GLOO_DECLARATIONS_H
#define BENCHPRESSO_GLOO_DECLARATIONS_H

#include <chrono>
#include <string>
#include <vector>

namespace gloo {

class Context {
 public:
  void setTimeout(std::chrono::milliseconds timeout);
};

namespace rendezvous {

class Store {
 public:
  virtual ~Store();
  virtual void set(const std::string &key, const std::vector<char> &data) = 0;
  virtual std::vector<char> get(const std::string &key) = 0;
  virtual void wait(const std::vector<std::string> &keys) = 0;
  virtual void wait(const std::vector<std::string> &keys, const std::chrono::milliseconds &timeout) = 0;
};

}  // namespace rendezvous

namespace transport {

class Device;

class UnboundBuffer {
 public:
  virtual ~UnboundBuffer();
};

}  // namespace transport

}  // namespace gloo

#endif
