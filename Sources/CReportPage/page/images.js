// Tables of every image: BD-rates of all curves, or what was measured at one point of one curve.

function startImages() {
  const section = document.getElementById("images");
  if (!section) return;
  const controls = make("div", { class: "controls" }), holder = make("div");
  section.querySelector(".here").replaceChildren(controls, holder);
  let what = "rates", point = 0;

  function redraw() {
    const curves = curvesOf(view.dataset).filter((curve) => curve.images.length);
    const part = report.comparisons.find((one) => one.dataset === view.dataset && one.metric === view.metric && one.rows.some((row) => row.images.length));
    const options = [...(part ? [["rates", `BD-rate against ${part.anchor}, all curves`]] : []), ...curves.map((curve) => [`curve:${curve.name}`, curve.name])];
    if (!options.length) { controls.replaceChildren(); holder.replaceChildren(make("p", { class: "soft" }, "There are no numbers of single images here.")); return; }
    if (!options.some(([key]) => key === what)) { what = options[0][0]; point = 0; }
    controls.replaceChildren(chooser("Show", options, what, (value) => { what = value; point = 0; redraw(); }));
    if (what === "rates") { holder.replaceChildren(ratesTable(part)); return; }
    const curve = curves.find((one) => `curve:${one.name}` === what);
    controls.append(chooser("at", curve.points.map((one, index) => [String(index), one.label]), String(point), (value) => { point = Number(value); redraw(); }));
    holder.replaceChildren(pointTable(curve, point));
  }
  view.listeners.push(redraw);
}

function ratesTable(part) {
  const rows = part.rows.filter((row) => row.images.length);
  const names = [...new Set(rows.flatMap((row) => row.images.map(([name]) => name)))];
  const cells = rows.map((row) => new Map(row.images.map(([name, rate, , reason]) => [name, { rate, reason }])));
  return table(`BD-rate in percent of each image against ${part.anchor}, ${labelOf(metricOf(part.metric))}`, ["image", ...rows.map((row) => row.name)],
    names.map((name) => [{ text: name }, ...cells.map((column) => {
      const entry = column.get(name) || { rate: null };
      return numberCell(entry.rate, 2, { signed: true, title: entry.reason, kind: entry.rate < 0 ? "less" : entry.rate > 0 ? "more" : undefined });
    })]));
}

function pointTable(curve, point) {
  const keys = curve.imageKeys;
  const rows = curve.images.map((name, image) => [{ text: name }, ...keys.map((key, index) => numberCell(curve.imageValues[point][image][index], decimalsOf(key) + (key.startsWith("bpp") ? 1 : 0)))]);
  return table(`${curve.name}, ${curve.points[point].label}`, ["image", ...keys.map((key) => (key.startsWith("bpp") ? key : labelOf(metricOf(key))))], rows);
}
