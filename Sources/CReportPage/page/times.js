// Latency over the size of pictures, throughput over the size of batches.

function startTimes() {
  report.timings.forEach((timing) => {
    const holder = document.getElementById(timing.id);
    if (!holder) return;
    const hidden = new Set();
    const list = make("ul", { class: "legend", style: "columns: 4 11rem; max-height: none" });
    const panels = make("div", { class: "panels", style: `--columns: ${Math.min(3, Math.max(2, Math.ceil(timing.panels.length / 2)))}` });
    holder.replaceChildren(list, panels);
    const styles = new Map(timing.lines.map((entry) => [entry.name, entry.style]));
    const lights = [];
    function redraw() {
      lights.length = 0;
      panels.replaceChildren(...timing.panels.map((panel) => {
        const stage = make("div", { class: "stage", style: "position:relative" });
        return make("figure", { class: "panel" }, make("figcaption", {}, panel.title), stage);
      }));
      timing.panels.forEach((panel, index) => {
        const stage = panels.children[index].lastElementChild;
        const series = panel.lines.filter((entry) => !hidden.has(entry.name)).map((entry) => ({
          name: entry.name, style: styles.get(entry.name),
          points: entry.points.map(([x, y, low, high, text]) => ({ x, y, low, high, lines: [text, `${fixed(y, y < 10 ? 3 : 1)} ${timing.unit}`, ...(low === null ? [] : [`${fixed(low, y < 10 ? 3 : 1)} to ${fixed(high, y < 10 ? 3 : 1)}`])] })),
        }));
        const marks = [...new Set(series.flatMap((entry) => entry.points.map((point) => point.x)))].sort((a, b) => a - b);
        const light = plot(stage, { series, xLabel: timing.xLabel, yLabel: timing.unit, title: panel.title, small: true, marks: marks.length <= 10 ? marks : null });
        lights.push((name) => light(name === null ? null : series.findIndex((entry) => entry.name === name)));
      });
      legend(list, timing.lines, hidden, redraw, (index) => lights.forEach((light) => light(index < 0 ? null : timing.lines[index].name)));
    }
    let width = 0;
    onResize(holder, () => { if (Math.abs(holder.clientWidth - width) > 8) { width = holder.clientWidth; redraw(); } });
  });
}
