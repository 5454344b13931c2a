// A plot of lines with markers: values under the pointer, arrow keys for those without one, and nothing from outside.

/**
 * Draws series into `stage`.
 *
 * `series`: [{name, style, points: [{x, y, low, high, lines}]}], `lines` being what is said of a point.
 * Returns a function that lights one series, for the legend.
 */
function plot(stage, { series, xLabel, yLabel, title, logX = false, fromZero = false, small = false, marks = null }) {
  const width = Math.max(300, Math.min(stage.clientWidth || 760, small ? 560 : 900));
  const height = Math.round(small ? Math.min(width * 0.68, 330) : Math.min(Math.max(width * 0.62, 300), 540));
  const frame = { left: 58, right: width - 12, top: 12, bottom: height - 46 };
  const points = series.flatMap((one) => one.points);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", tabindex: "0", "aria-label": `${title}. ${series.length} lines; the arrow keys walk along the points.` });
  stage.replaceChildren(svg);
  if (!points.length) {
    svg.append(draw("text", { x: width / 2, y: height / 2, "text-anchor": "middle", fill: "var(--soft)" }, "nothing to draw: choose curves or another measure"));
    return () => {};
  }
  const xs = points.map((point) => point.x);
  const lows = points.map((point) => point.low ?? point.y), highs = points.map((point) => point.high ?? point.y);
  const least = fromZero ? 0 : Math.min(...xs);
  const x = logX ? logScale(Math.min(...xs), Math.max(...xs), frame.left, frame.right) : linearScale(least, Math.max(...xs) + (marks ? (Math.max(...xs) - least) * 0.04 : 0), frame.left, frame.right, small ? 5 : 8, !marks);
  if (marks) x.ticks = marks;
  const y = linearScale(small ? Math.min(0, ...lows) : Math.min(...lows), Math.max(...highs), frame.bottom, frame.top, small ? 5 : 7);
  axes(svg, frame, x, y, xLabel, yLabel, height);
  const groups = series.map((one) => line(svg, one, x, y, frame));
  const ring = draw("circle", { r: 9, fill: "none", stroke: "var(--ink)", "stroke-width": 2, visibility: "hidden" });
  svg.append(ring);
  const tip = make("div", { class: "tip", hidden: true });
  const voice = make("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  stage.append(tip, voice);

  function light(index) {
    groups.forEach((group, at) => group.setAttribute("opacity", index === null || at === index ? 1 : 0.18));
  }
  function show(one, point, speaks) {
    if (!point) { tip.hidden = true; ring.setAttribute("visibility", "hidden"); light(null); return; }
    const [px, py] = [x.place(point.x), y.place(point.y)];
    ring.setAttribute("cx", px); ring.setAttribute("cy", py); ring.setAttribute("visibility", "visible");
    tip.replaceChildren(make("b", {}, one.name), point.lines.join("\n"));
    tip.hidden = false;
    const scale = svg.clientWidth / width || 1;
    const left = px * scale, isRight = left > stage.clientWidth * 0.6;
    tip.style.left = isRight ? "auto" : `${left + 14}px`;
    tip.style.right = isRight ? `${stage.clientWidth - left + 14}px` : "auto";
    tip.style.top = `${Math.max(0, py * scale - 20)}px`;
    light(series.indexOf(one));
    if (speaks) voice.textContent = `${one.name}: ${point.lines.join(", ")}`;
  }
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect(), scale = width / box.width;
    const at = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    let best = null, distance = 28;
    for (const one of series) for (const point of one.points) {
      const away = Math.hypot(x.place(point.x) - at[0], y.place(point.y) - at[1]);
      if (away < distance) { distance = away; best = [one, point]; }
    }
    if (best) show(best[0], best[1]); else show(null, null);
  });
  svg.addEventListener("pointerleave", () => show(null, null));
  let place = null;
  svg.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (event.key === "Escape") { place = null; show(null, null); return; }
    if (!moves[event.key]) return;
    event.preventDefault();
    const filledSeries = series.filter((one) => one.points.length);
    if (!place) place = { line: 0, point: 0 };
    else {
      place.line = (place.line + moves[event.key][0] + filledSeries.length) % filledSeries.length;
      place.point = Math.min(Math.max(place.point + moves[event.key][1], 0), filledSeries[place.line].points.length - 1);
    }
    show(filledSeries[place.line], filledSeries[place.line].points[place.point], true);
  });
  svg.addEventListener("blur", () => show(null, null));
  return light;
}

function axes(svg, frame, x, y, xLabel, yLabel, height) {
  const text = (attributes, content) => svg.append(draw("text", { fill: "var(--soft)", "font-size": 13, ...attributes }, content));
  let last = -Infinity;
  for (const value of x.ticks) {
    const at = x.place(value);
    if (at < frame.left - 1 || at > frame.right + 1) continue;
    svg.append(draw("line", { x1: at, x2: at, y1: frame.top, y2: frame.bottom, stroke: "var(--grid)" }));
    const written = x.write(value);
    if (at - last < written.length * 7.4 + 8) continue;
    last = at;
    text({ x: at, y: frame.bottom + 18, "text-anchor": "middle" }, written);
  }
  for (const value of y.ticks) {
    const at = y.place(value);
    svg.append(draw("line", { x1: frame.left, x2: frame.right, y1: at, y2: at, stroke: "var(--grid)" }));
    text({ x: frame.left - 7, y: at + 4, "text-anchor": "end" }, y.write(value));
  }
  svg.append(draw("path", { d: `M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`, fill: "none", stroke: "var(--soft)" }));
  text({ x: (frame.left + frame.right) / 2, y: height - 8, "text-anchor": "middle" }, xLabel);
  text({ transform: `translate(14 ${(frame.top + frame.bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, yLabel);
}

function line(svg, one, x, y, frame) {
  const group = draw("g", { class: "line" });
  const places = one.points.map((point) => [x.place(point.x), y.place(point.y)]);
  if (places.length > 1) {
    group.append(draw("path", { d: "M" + places.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L"), fill: "none", stroke: colour(one.style), "stroke-width": 2, "stroke-linejoin": "round", "stroke-dasharray": one.style.dashes || undefined }));
  }
  one.points.forEach((point, index) => {
    if (point.low === undefined || point.low === null) return;
    const at = places[index][0], [top, bottom] = [y.place(point.high), y.place(point.low)];
    if (bottom - top > 6) group.append(draw("path", { d: `M${at - 4} ${top}h8m-4 0V${bottom}m-4 0h8`, fill: "none", stroke: colour(one.style), "stroke-width": 1.2 }));
  });
  const dense = one.points.length > 24;
  places.forEach(([a, b], index) => { if (!dense || index % 4 === 0) group.append(marker(one.style, a, b, dense ? 3.5 : 4.5)); });
  svg.append(group);
  return group;
}

/** The list of lines with boxes to hide them; `light` lights one in the plot. */
function legend(list, entries, hidden, changed, light) {
  list.replaceChildren(...entries.map((entry, index) => {
    const box = make("input", { type: "checkbox", change: () => { if (box.checked) hidden.delete(entry.name); else hidden.add(entry.name); changed(); } });
    box.checked = !hidden.has(entry.name);
    const item = make("li", {}, make("label", {}, box, swatch(entry.style), make("span", {}, entry.name)));
    const on = () => { if (box.checked) light(index); }, off = () => light(-1);
    item.addEventListener("pointerenter", on); item.addEventListener("pointerleave", off);
    box.addEventListener("focus", on); box.addEventListener("blur", off);
    return item;
  }));
}
