// Where it begins.

function startBar() {
  const bar = document.getElementById("choices");
  if (!bar) return;
  const datasets = report.datasets.map((name) => [name, name]);
  const metrics = report.metrics.map((metric) => [metric.key, labelOf(metric)]);
  if (datasets.length) bar.append(chooser("Data set", datasets, view.dataset, (dataset) => changeView({ dataset })));
  if (metrics.length) bar.append(chooser("Measure", metrics, view.metric, (metric) => changeView({ metric })));
}

const began = performance.now();
startBar();
startCurves();
startDeltas();
startImages();
startTimes();
startViewer();
for (const element of document.querySelectorAll("table.sortable")) makeSortable(element);
changeView({});
document.documentElement.dataset.ready = "1";
document.documentElement.dataset.milliseconds = String(Math.round(performance.now() - began));
