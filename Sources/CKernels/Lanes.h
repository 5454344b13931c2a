// A register of floats, as wide as the variant that includes this file says with BP_LANES; and the name of each function in that variant.
//
// Every kernel is a header that the variants include one after the other; there are no include guards, and nothing here may be public.

#include <stdint.h>
#include <string.h>

#define BP_JOINED(name, variant) name##_##variant
#define BP_NAMED(name, variant) BP_JOINED(name, variant)
#define BP_KERNEL(name) BP_NAMED(name, BP_VARIANT)
#define BP_INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(BP_LANES * sizeof(float)), aligned(4)));
typedef int32_t lanes_int __attribute__((vector_size(BP_LANES * sizeof(int32_t)), aligned(4)));

BP_INLINE lanes load(const float *address) { return *(const lanes *)address; }
BP_INLINE void store(float *address, lanes value) { *(lanes *)address = value; }
BP_INLINE lanes all(float value) { return (lanes){0} + value; }
// Where the mask is -1 the first, where it is 0 the second.
BP_INLINE lanes choose(lanes_int mask, lanes yes, lanes no) { return (lanes)((mask & (lanes_int)yes) | (~mask & (lanes_int)no)); }

BP_INLINE float sum(lanes value) {
  float result = 0;
  for (int i = 0; i < BP_LANES; i++) result += value[i];
  return result;
}
