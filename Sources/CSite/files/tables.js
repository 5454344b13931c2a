// Tables that are sorted by the heads of their columns, and fields that hide rows.

function makeSortable(table) {
  const heads = all("thead th", table);
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[column], !head.classList.contains("text")) }));
      rows.sort((one, other) => inOrder(one.value, other.value, descending));
      body.append(...rows.map((entry) => entry.row));
    });
  });
}

function valueOf(cell, isNumber) {
  const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
  if (text === "" || text === "–") return null;
  return isNumber && !Number.isNaN(Number(text)) ? Number(text) : text;
}

/** What has no value stands at the end, whichever way is sorted. */
function inOrder(one, other, descending) {
  if (one === null || other === null) return (one === null) - (other === null);
  const order = typeof one === "number" && typeof other === "number"
    ? one - other : String(one).localeCompare(String(other), "en", { numeric: true, sensitivity: "base" });
  return descending ? -order : order;
}

function makeFilter(field) {
  const name = field.dataset.filter;
  const rows = all("tbody tr", document.getElementById(name)).map((row) => ({ row, text: folded(row.dataset.text || row.textContent) }));
  const output = find(`[data-count="${name}"]`);
  const update = () => {
    const words = wordsOf(field.value);
    let count = 0;
    for (const entry of rows) {
      entry.row.hidden = !hasWords(entry.text, words);
      count += entry.row.hidden ? 0 : 1;
    }
    output.textContent = `${count} of ${rows.length}`;
  };
  field.addEventListener("input", update);
  // Browsers keep what was typed when a page is loaded again.
  update();
}
