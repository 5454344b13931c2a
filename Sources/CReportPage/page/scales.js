// Axes: from values to places, and round numbers to write beside them.

/** A straight scale over a range that is widened to round numbers where `round` is set. */
function linearScale(low, high, from, to, count, round = true) {
  if (!(high > low)) { const room = Math.abs(low) * 0.05 || 0.5; low -= room; high += room; }
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  if (round) { low = Math.floor(low / step + 1e-9) * step; high = Math.ceil(high / step - 1e-9) * step; }
  const ticks = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-6; index += 1) ticks.push(index * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (Math.abs(step / power - 2.5) < 1e-6 ? 1 : 0));
  return { place: (value) => from + ((value - low) / (high - low)) * (to - from), ticks, write: (value) => fixed(value, Math.min(decimals, 6)), low, high };
}

/** A logarithmic scale with 1, 2, 5 as marks. */
function logScale(low, high, from, to) {
  low *= 0.93; high *= 1.07;
  const span = Math.log(high / low);
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const factor of [1, 2, 5]) {
      const value = factor * 10 ** power;
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return { place: (value) => from + (Math.log(value / low) / span) * (to - from), ticks, write: (value) => String(Number(value.toPrecision(3))), low, high };
}
