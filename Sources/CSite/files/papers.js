// Publications by words, category and years.

function startPapers() {
  const controls = document.getElementById("paper-controls");
  if (!controls) return;
  const field = (name) => find(`[data-paper="${name}"]`, controls);
  const rows = all("#papers tbody tr").map((row) => ({
    row, text: folded(row.dataset.text), year: Number(row.dataset.year), categories: row.dataset.categories.split("|"),
  }));
  const output = document.getElementById("paper-count");
  const update = () => {
    const words = wordsOf(field("text").value), category = field("category").value;
    const from = Number(field("from").value || 0), to = Number(field("to").value || 9999);
    let count = 0;
    for (const entry of rows) {
      const isShown = entry.year >= from && entry.year <= to && (!category || entry.categories.includes(category)) && hasWords(entry.text, words);
      entry.row.hidden = !isShown;
      count += isShown ? 1 : 0;
    }
    output.textContent = `${count} of ${rows.length} publications`;
  };
  controls.addEventListener("input", update);
  update();
  const open = () => {
    const row = location.hash.startsWith("#paper-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = row && find("details", row);
    if (!details) return;
    row.hidden = false;
    details.open = true;
    row.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", open);
  open();
}
