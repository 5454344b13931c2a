// The rate–distortion plot and the numbers behind it.

function curvesOf(dataset) { return report.curves.filter((curve) => curve.dataset === dataset); }

/** The rate that all curves of a data set have: whole files if they do, else what each source counts. */
function rateKey(dataset) { return curvesOf(dataset).every((curve) => curve.points.every((point) => point.values.bpp_file !== undefined)) ? "bpp_file" : "bpp"; }

function curvePoints(curve, rate, metric) {
  return curve.points
    .filter((point) => Number.isFinite(point.values[rate]) && Number.isFinite(point.values[metric.key]))
    .map((point) => ({
      x: point.values[rate], y: point.values[metric.key],
      lines: [point.label, `${fixed(point.values[rate], 4)} bpp`, `${fixed(point.values[metric.key], decimalsOf(metric.key) + 1)} ${metric.unit || metric.label}`],
    }))
    .sort((one, other) => one.x - other.x);
}

function startCurves() {
  const section = document.getElementById("curves");
  if (!section || !report.curves.length) return;
  const stage = make("div", { class: "stage" }), list = make("ul", { class: "legend", "aria-label": "Curves; untick to hide" });
  const limit = make("input", { type: "number", min: "0", step: "0.1", size: "5", style: "width:6rem", input: () => redraw() });
  const numbers = make("div");
  let logX = false, touched = false;
  limit.addEventListener("input", () => { touched = true; });
  const controls = make("div", { class: "controls" },
    make("label", {}, "up to", limit, "bits per pixel"), tick("logarithmic rate", logX, (value) => { logX = value; redraw(); }),
    make("button", { type: "button", click: () => { view.hidden.clear(); changeView({}); } }, "Show all"),
    make("button", { type: "button", click: () => { for (const curve of curvesOf(view.dataset)) view.hidden.add(curve.name); changeView({}); } }, "Hide all"));
  const caption = make("figcaption");
  section.querySelector(".here").replaceChildren(controls, make("figure", {}, make("div", { class: "plot" }, stage, list), caption), make("details", { class: "screen" }, make("summary", {}, "The numbers of this plot as a table"), numbers));

  function redraw() {
    const all = curvesOf(view.dataset), metric = metricOf(view.metric), rate = rateKey(view.dataset);
    const measured = all.filter((curve) => curve.points.some((point) => point.values[metric.key] !== undefined));
    if (!touched) limit.value = defaultLimit(measured, rate, metric);
    const bound = Number(limit.value) || Infinity;
    const series = measured.filter((curve) => !view.hidden.has(curve.name))
      .map((curve) => ({ name: curve.name, style: curve.style, points: curvePoints(curve, rate, metric).filter((point) => point.x <= bound) }));
    const light = plot(stage, {
      series, xLabel: rate === "bpp_file" ? "bits per pixel (whole files, mean of the images)" : "bits per pixel (as each source counts them)",
      yLabel: labelOf(metric) + (metric.lower ? " (less is better)" : ""), title: `Rate and ${metric.label} on ${view.dataset}`, logX, fromZero: !logX,
    });
    legend(list, measured, view.hidden, () => changeView({}), (index) => light(index < 0 ? null : series.findIndex((one) => one.name === measured[index].name)));
    caption.textContent = `${view.dataset}, ${labelOf(metric)}: ${series.length} of ${measured.length} curves.`;
    if (numbers.parentElement.open) tableOf(series, metric);
    numbers.dataset.stale = "1";
    numbers.parentElement.ontoggle = () => { if (numbers.parentElement.open) tableOf(series, metric); };
  }
  function tableOf(series, metric) {
    const rows = series.flatMap((one) => one.points.map((point) => [{ text: one.name }, { text: point.lines[0], kind: "text" }, numberCell(point.x, 4), numberCell(point.y, decimalsOf(metric.key) + 1)]));
    numbers.replaceChildren(table(`${view.dataset}, ${labelOf(metric)}`, ["curve", "point", "bpp", labelOf(metric)], rows));
  }
  view.listeners.push(redraw);
  let width = 0;
  onResize(stage, () => { if (Math.abs(stage.clientWidth - width) > 8) { width = stage.clientWidth; redraw(); } });
}

/** High rates would squeeze the others: half of the tested curves end within the plot, and anchors, which reach far, do not count. */
function defaultLimit(curves, rate, metric) {
  const tested = curves.filter((curve) => !curve.anchor);
  const ends = (tested.length ? tested : curves).map((curve) => Math.max(0, ...curvePoints(curve, rate, metric).map((point) => point.x))).sort((a, b) => a - b);
  return Number(((ends[Math.floor(ends.length / 2)] || 1) * 1.05).toPrecision(2));
}
