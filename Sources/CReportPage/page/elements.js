"use strict";
// Elements are made here and nowhere else; texts go in as text, never as markup.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** An element of the page. `attributes` with an undefined value are left out, functions become listeners. */
function make(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An element of a drawing. */
function draw(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMESPACE, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A choice of one of several texts; calls `chosen` with the value. */
function chooser(label, options, value, chosen) {
  const select = make("select", { change: () => chosen(select.value) });
  for (const [key, text] of options) select.append(make("option", { value: key, selected: key === value }, text));
  return make("label", {}, label, select);
}

/** A box that is ticked or not. */
function tick(label, value, changed) {
  const box = make("input", { type: "checkbox", change: () => changed(box.checked) });
  box.checked = value;
  return make("label", {}, box, label);
}

/** Calls `changed` after an element got its first or another size; not at once, since drawing changes sizes again. */
function onResize(element, changed) { new ResizeObserver(() => requestAnimationFrame(changed)).observe(element); }

const report = JSON.parse(document.getElementById("report-data").textContent);

/** What the visitor looks at; every part of the page that depends on it is drawn anew when it changes. */
const view = { dataset: report.datasets[0], metric: report.metrics[0] && report.metrics[0].key, hidden: new Set(), listeners: [] };

function changeView(change) {
  Object.assign(view, change);
  for (const listener of view.listeners) listener();
}

function metricOf(key) { return report.metrics.find((metric) => metric.key === key) || { key, label: key, unit: "" }; }

function labelOf(metric) { return metric.unit ? `${metric.label} in ${metric.unit}` : metric.label; }

/** A number with a fixed number of decimals; a dash where there is none. */
function fixed(value, decimals) {
  return value === null || value === undefined || !Number.isFinite(value) ? "–" : value.toFixed(decimals).replace("-", "−");
}

function signed(value, decimals) { return (value > 0 ? "+" : "") + fixed(value, decimals); }

/** Decimals with which values of a measure are read. */
function decimalsOf(key) { return key.startsWith("bpp") ? 3 : metricOf(key).unit === "dB" ? 2 : 4; }

function swatch(style) {
  const icon = draw("svg", { viewBox: "0 0 34 14", "aria-hidden": "true" });
  icon.append(draw("line", { x1: 1, y1: 7, x2: 33, y2: 7, stroke: colour(style), "stroke-width": 2, "stroke-dasharray": style.dashes || undefined }));
  icon.append(marker(style, 17, 7, 4.5));
  return icon;
}

function colour(style) { return `var(--curve-${style.colour})`; }

/** The shape of a point; shapes differ as well as colours. */
function marker(style, x, y, r) {
  const fill = { fill: colour(style), stroke: "var(--ground)", "stroke-width": 1 };
  const shape = (...corners) => draw("path", { d: "M" + corners.map(([a, b]) => `${(x + a * r).toFixed(1)} ${(y + b * r).toFixed(1)}`).join("L") + "Z", ...fill });
  switch (style.marker) {
    case "square": return shape([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
    case "triangle": return shape([0, -1.2], [1.1, 0.8], [-1.1, 0.8]);
    case "diamond": return shape([0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]);
    case "downTriangle": return shape([0, 1.2], [1.1, -0.8], [-1.1, -0.8]);
    default: return draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r, ...fill });
  }
}
