// Elementary functions of a register of floats.
//
// Errors against the exact value, in units of the last place, found by trying one float in seven, while the value is a normal number: exponential 1.1,
// hyperbolic tangent and sigmoid 2.6, complementary error function 5. What is not a number stays so; infinities give the limits.

// e^r − 1 − r over r², for |r| up to ½·ln 2.
BP_INLINE lanes exponential_rest(lanes r) {
  return (((0x1.6d9a86p-10f * r + 0x1.12290ep-7f) * r + 0x1.555486p-5f) * r + 0x1.5554aep-3f) * r + 0.5f;
}

// The nearest whole number to x·log₂e, as a float and as an integer; |x| is below 2¹⁵.
BP_INLINE lanes powers_of_two_in(lanes x, lanes_int *whole) {
  const lanes shifted = x * 0x1.715476p0f + 0x1.8p23f;
  *whole = (lanes_int)shifted - 0x4b400000;
  return shifted - 0x1.8p23f;
}

// x − n·ln 2 with ln 2 in two parts, the first of ten bits.
BP_INLINE lanes without_powers(lanes x, lanes n) { return x - n * 0.693359375f - n * -0x1.bd0106p-13f; }

BP_INLINE lanes power_of_two(lanes_int n) { return (lanes)((n + 127) << 23); }
BP_INLINE lanes magnitude(lanes x) { return (lanes)((lanes_int)x & 0x7fffffff); }
BP_INLINE lanes at_most(lanes x, float limit) { return choose(x > limit, all(limit), x); }
BP_INLINE lanes at_least(lanes x, float limit) { return choose(x < limit, all(limit), x); }

// e^(x + rest), where the rest is small.
BP_INLINE lanes exponential_of_sum(lanes x, lanes rest) {
  x = at_least(at_most(x, 89), -105);
  lanes_int whole;
  const lanes n = powers_of_two_in(x + rest, &whole);
  const lanes r = without_powers(x, n) + rest;
  // In two steps, so that neither overflows before the result does.
  const lanes_int half = whole >> 1;
  return (r * r * exponential_rest(r) + r + 1.0f) * power_of_two(half) * power_of_two(whole - half);
}

BP_INLINE lanes exponential(lanes x) { return exponential_of_sum(x, all(0)); }

BP_INLINE lanes sigmoid(lanes x) { return 1.0f / (1.0f + exponential(-x)); }

// (e^2|x| − 1) / (e^2|x| + 1), with the sign of x. Beyond 9.25 it is 1.
BP_INLINE lanes hyperbolic_tangent(lanes x) {
  const lanes doubled = at_most(2.0f * magnitude(x), 18.5f);
  lanes_int whole;
  const lanes r = without_powers(doubled, powers_of_two_in(doubled, &whole)), power = power_of_two(whole);
  const lanes grown = (r * r * exponential_rest(r) + r) * power + (power - 1.0f);
  return (lanes)((lanes_int)(grown / (grown + 2.0f)) | ((lanes_int)x & INT32_MIN));
}

// 1 − erf(x); also gives e^−x².
//
// e^x²·erfc(x) is w·p(w) with w = 1 / (1 + 0.8·x), where p has a small range and is nearly straight; w is moved to −1…1. The square is taken in two
// parts, of which the first is exact.
BP_INLINE lanes complementary_error(lanes x, lanes *bell) {
  const lanes distance = at_most(magnitude(x), 10.25f);
  const lanes w = 1.0f / (1.0f + 0.8f * distance);
  const lanes u = 2.24390244f * w - 1.24390244f;
  lanes p = 1.70890017e-05f * u + 3.35523863e-05f;
  p = p * u - 1.81963908e-04f;
  p = p * u + 8.40312185e-05f;
  p = p * u + 6.15466142e-04f;
  p = p * u - 1.72568551e-03f;
  p = p * u + 9.50887597e-04f;
  p = p * u + 8.09445730e-03f;
  p = p * u - 2.37567111e-02f;
  p = p * u - 2.33952172e-02f;
  p = p * u + 2.70346135e-01f;
  p = p * u + 7.68917970e-01f;
  const lanes head = (lanes)((lanes_int)distance & ~0xfff);
  *bell = exponential_of_sum(-head * head, (head - distance) * (head + distance));
  const lanes value = *bell * (w * p);
  return choose(x < 0, 2.0f - value, value);
}

#define BP_OVER_ARRAY(name, expression)                                               \
  void BP_KERNEL(name)(const float *values, int64_t count, float *results) {          \
    for (int64_t i = 0; i < count; i += BP_LANES) {                                   \
      const int64_t some = count - i < BP_LANES ? count - i : BP_LANES;               \
      lanes x = all(0), bell;                                                         \
      (void)bell;                                                                     \
      memcpy(&x, values + i, some * sizeof(float));                                   \
      x = expression;                                                                 \
      memcpy(results + i, &x, some * sizeof(float));                                  \
    }                                                                                 \
  }

BP_OVER_ARRAY(bp_exponential, exponential(x))
BP_OVER_ARRAY(bp_sigmoid, sigmoid(x))
BP_OVER_ARRAY(bp_hyperbolic_tangent, hyperbolic_tangent(x))
BP_OVER_ARRAY(bp_complementary_error, complementary_error(x, &bell))
