// Tables that are sorted by a click on, or Enter in, the head of a column.

function makeSortable(table) {
  const heads = [...table.querySelectorAll("thead tr:last-child > *")];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortRows(table, column, descending);
    });
  });
}

function sortRows(table, column, descending) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[column]) }));
  rows.sort((one, other) => {
    // What has no value stands at the end, whichever way is sorted.
    if (one.value === null || other.value === null) return (one.value === null) - (other.value === null);
    const order = typeof one.value === "number" && typeof other.value === "number" ? one.value - other.value : String(one.value).localeCompare(String(other.value), "en", { numeric: true });
    return descending ? -order : order;
  });
  body.append(...rows.map((entry) => entry.row));
}

function valueOf(cell) {
  if (!cell) return null;
  if (cell.dataset.v !== undefined) return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  const text = cell.textContent.trim();
  return text === "" || text === "–" ? null : text;
}

/** A table of rows of cells {text, value, kind}; the first cell of a row is its head. */
function table(caption, heads, rows) {
  const cell = (entry, index) => make(index === 0 ? "th" : "td", {
    scope: index === 0 ? "row" : undefined, class: entry.kind || (index === 0 ? "text" : undefined),
    "data-v": entry.value === undefined ? undefined : entry.value === null ? "" : entry.value, title: entry.title,
  }, entry.text);
  const made = make("table", {}, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...heads.map((head, index) => make("th", { scope: "col", class: index === 0 ? "text" : undefined }, head)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))));
  makeSortable(made);
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, made);
}

function numberCell(value, decimals, options = {}) {
  return { text: options.signed ? signed(value, decimals) : fixed(value, decimals), value: value ?? null, kind: options.kind, title: options.title };
}
