// BD-rates with their intervals as a picture beside each table.

function startDeltas() {
  for (const part of report.comparisons) {
    const stage = document.getElementById(part.id);
    if (!stage) continue;
    const rows = part.rows.filter((row) => row.rate !== null);
    if (rows.length) drawForest(stage, part, rows);
  }
  const show = () => {
    for (const element of document.querySelectorAll("[data-dataset]")) {
      element.hidden = element.dataset.dataset !== view.dataset || (element.dataset.metric !== undefined && element.dataset.metric !== view.metric);
    }
    for (const element of document.querySelectorAll("[data-unless]")) {
      element.hidden = report.comparisons.some((part) => part.dataset === view.dataset && part.metric === view.metric);
    }
  };
  view.listeners.push(show);
}

function drawForest(stage, part, rows) {
  const sorted = [...rows].sort((one, other) => one.rate - other.rate);
  const width = Math.max(340, Math.min(760, document.getElementById("main").clientWidth - 40)), pitch = 24, height = sorted.length * pitch + 58;
  const longest = Math.max(...sorted.map((row) => row.name.length));
  const frame = { left: Math.min(longest * 7.2 + 18, width * 0.36), right: width - 16, top: 8, bottom: height - 44 };
  const ends = sorted.flatMap((row) => [row.rate, ...(row.interval || [])]);
  const x = linearScale(Math.min(0, ...ends), Math.max(0, ...ends), frame.left, frame.right, width > 500 ? 7 : 4);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `BD-rates against ${part.anchor} with 95 % intervals; the table has the numbers` });
  const text = (attributes, content) => svg.append(draw("text", { "font-size": 13, fill: "var(--ink)", ...attributes }, content));
  for (const value of x.ticks) {
    svg.append(draw("line", { x1: x.place(value), x2: x.place(value), y1: frame.top, y2: frame.bottom, stroke: value === 0 ? "var(--soft)" : "var(--grid)", "stroke-width": value === 0 ? 1.5 : 1 }));
    text({ x: x.place(value), y: frame.bottom + 17, "text-anchor": "middle", fill: "var(--soft)" }, x.write(value));
  }
  sorted.forEach((row, index) => {
    const y = frame.top + (index + 0.5) * pitch;
    const room = Math.floor((frame.left - 12) / 7.2);
    const label = row.name.length > room ? `${row.name.slice(0, room - 1)}…` : row.name;
    text({ x: frame.left - 10, y: y + 4, "text-anchor": "end" }, label);
    const group = draw("g", {}, draw("title", {}, `${row.name}: ${signed(row.rate, 2)} %${row.interval ? `, ${signed(row.interval[0], 2)} to ${signed(row.interval[1], 2)} %` : ""}`));
    if (row.interval) group.append(draw("path", { d: `M${x.place(row.interval[0])} ${y - 5}v10m0 -5H${x.place(row.interval[1])}m0 -5v10`, stroke: colour(row.style), "stroke-width": 2, fill: "none" }));
    group.append(marker(row.style, x.place(row.rate), y, 5));
    svg.append(group);
  });
  text({ x: (frame.left + frame.right) / 2, y: height - 8, "text-anchor": "middle", fill: "var(--soft)" }, width > 500 ? `BD-rate against ${part.anchor} in percent; to the left: fewer bits` : "BD-rate in percent; to the left: fewer bits");
  stage.replaceChildren(svg);
}
