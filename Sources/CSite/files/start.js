// What a page does when it is there.

all("table.sortable").forEach(makeSortable);
all("[data-filter]").forEach(makeFilter);
for (const [attribute, isOpen] of [["open", true], ["close", false]]) {
  for (const button of all(`[data-${attribute}]`)) {
    button.addEventListener("click", () => all("details", find(button.dataset[attribute])).forEach((part) => { part.open = isOpen; }));
  }
}
startPapers();
startBoard();
