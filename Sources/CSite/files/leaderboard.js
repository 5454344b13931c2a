// The leaderboard: results, or their points, filtered, sorted and shown a page at a time.

const boardPage = 100;

function startBoard() {
  const source = document.getElementById("results-data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const place = new Map(data.keys.map((key, index) => [key, index + 1]));
  const board = { data, place, sort: null, descending: false, page: 0 };
  for (const result of data.results) {
    result.text = folded([result.name, result.model, result.dataset, result.origin, result.words].join(" "));
  }
  const controls = document.getElementById("board-controls");
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("input", () => { board.page = 0; showBoard(board, controls); });
  const heads = all("#board thead th");
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      board.descending = board.sort === column && !board.descending;
      board.sort = column;
      board.page = 0;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", board.descending ? "descending" : "ascending");
      showBoard(board, controls);
    });
  });
  showBoard(board, controls);
}

/** Conditions such as psnr>=32; null where a word is none. */
function conditionsOf(text, place) {
  const conditions = [];
  const words = text.replace(/\s*(<=|>=|=|<|>)\s*/g, "$1").split(/[\s,]+/).filter(Boolean);
  for (const word of words) {
    const parts = /^([A-Za-z0-9_]+)(<=|>=|=|<|>)(-?[0-9.]+(?:e-?[0-9]+)?)$/i.exec(word);
    if (!parts || Number.isNaN(Number(parts[3]))) return { problem: `“${word}” is no condition; write for example psnr>=32` };
    if (!place.has(parts[1])) return { problem: `no result has “${parts[1]}”; there are ${[...place.keys()].join(", ")}` };
    conditions.push({ index: place.get(parts[1]), sign: parts[2], bound: Number(parts[3]) });
  }
  return { conditions };
}

function meets(point, condition) {
  const value = point[condition.index];
  if (value === null) return false;
  switch (condition.sign) {
    case "<": return value < condition.bound;
    case "<=": return value <= condition.bound;
    case ">": return value > condition.bound;
    case ">=": return value >= condition.bound;
    default: return value === condition.bound;
  }
}

/** The cells of a row that have numbers: the key and the decimals. */
function boardMeasures(result) { return [["bpp", 3], ["psnr", 2], ["ms_ssim", 4], [result.lpips, 3]]; }

function showBoard(board, controls) {
  const value = (name) => find(`[data-board="${name}"]`, controls).value;
  const words = wordsOf(value("text")), dataset = value("dataset"), model = value("model");
  const field = find('[data-board="where"]', controls);
  const { conditions = [], problem } = conditionsOf(field.value, board.place);
  field.setCustomValidity(problem || "");
  field.setAttribute("aria-invalid", problem ? "true" : "false");
  const byPoint = value("rows") === "points";
  const rows = [];
  for (const result of board.data.results) {
    if (dataset && result.dataset !== dataset || model && result.model !== model || !hasWords(result.text, words)) continue;
    const points = result.points.filter((point) => conditions.every((condition) => meets(point, condition)));
    if (conditions.length && !points.length) continue;
    if (byPoint) for (const point of points) rows.push({ result, points: [point], label: point[0] });
    else rows.push({ result, points: result.points, label: null });
  }
  sortBoard(rows, board);
  const pages = Math.max(1, Math.ceil(rows.length / boardPage));
  board.page = Math.min(board.page, pages - 1);
  const shown = rows.slice(board.page * boardPage, (board.page + 1) * boardPage);
  find("#board tbody").replaceChildren(...shown.map((row) => boardRow(row, board)));
  find("#board thead th:nth-child(4) button").textContent = byPoint ? "point" : "points";
  const unit = (byPoint ? "point" : "result") + (rows.length === 1 ? "" : "s");
  document.getElementById("board-count").textContent = problem || `${rows.length} ${unit}`;
  showPager(board, pages, rows.length, () => showBoard(board, controls));
}

function numbersOf(row, key, board) {
  const index = board.place.get(key);
  return index === undefined ? [] : row.points.map((point) => point[index]).filter((value) => value !== null);
}

function sortBoard(rows, board) {
  if (board.sort === null) return;
  const value = (row) => {
    const measure = board.sort >= 4 && board.sort <= 7 ? boardMeasures(row.result)[board.sort - 4] : null;
    if (measure) {
      const values = numbersOf(row, measure[0], board);
      if (!values.length) return null;
      return board.descending ? Math.max(...values) : Math.min(...values);
    }
    switch (board.sort) {
      case 0: return row.result.name;
      case 1: return row.result.model;
      case 2: return row.result.dataset;
      case 3: return row.label ?? row.points.length;
      case 8: return row.result.rate;
      case 9: return row.result.origin || null;
      default: return row.result.date || null;
    }
  };
  const keyed = rows.map((row) => ({ row, value: value(row) }));
  keyed.sort((one, other) => inOrder(one.value, other.value, board.descending));
  rows.splice(0, rows.length, ...keyed.map((entry) => entry.row));
}

function boardRow(row, board) {
  const result = row.result;
  const name = result.url ? make("a", { href: result.url }, result.name) : result.name;
  const cells = [
    make("th", { scope: "row", class: "text" }, name), make("td", { class: "text", title: result.model }, result.model === null ? "–" : result.model.split(".").pop()),
    make("td", { class: "text" }, result.dataset ?? "–"), make("td", { class: row.label === null ? null : "text" }, row.label ?? String(row.points.length)),
  ];
  for (const [key, decimals] of boardMeasures(result)) {
    const values = numbersOf(row, key, board);
    const low = fixed(values.length ? Math.min(...values) : null, decimals), high = fixed(values.length ? Math.max(...values) : null, decimals);
    cells.push(make("td", {}, low === high ? low : `${low}–${high}`));
  }
  const title = result.rate === null ? result.problem : `against ${result.anchor}`;
  cells.push(
    make("td", { title }, signed(result.rate, 1)), make("td", { class: "wrap" }, result.origin || "–"), make("td", { class: "text" }, result.date || "–"));
  return make("tr", {}, ...cells);
}

function showPager(board, pages, count, show) {
  const pager = document.getElementById("pager");
  pager.hidden = pages < 2;
  const button = (text, label, page) => {
    const made = make("button", { type: "button", "aria-label": label }, text);
    made.disabled = page < 0 || page >= pages || page === board.page;
    made.addEventListener("click", () => {
      board.page = page;
      show();
      find("#board").scrollIntoView({ block: "start" });
      find(`#pager [aria-label="${label}"]`).focus();
    });
    return made;
  };
  const first = board.page * boardPage + 1, last = Math.min(count, first + boardPage - 1);
  pager.replaceChildren(
    button("«", "First page", 0), button("‹", "Previous page", board.page - 1),
    make("span", { class: "soft" }, `${first} to ${last} of ${count}`), button("›", "Next page", board.page + 1),
    button("»", "Last page", pages - 1));
}
