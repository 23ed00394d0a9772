(function () {
  "use strict";
  var WORDS = /*WORDS*/{};
  var root = document.documentElement;
  var lang = "it";
  root.className = "js";
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function say(italian) { return lang === "en" && WORDS[italian] || italian; }
  function swap(text) { return text.replace(/(\d)([.,])(?=\d)/g, function (_, digit, sign) { return digit + (sign === "," ? "." : ","); }); }
  function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""); }
  function make(name, text, marks) {
    var one = document.createElement(name);
    if (text) { one.textContent = text; }
    Object.keys(marks || {}).forEach(function (key) { one.setAttribute(key, marks[key]); });
    return one;
  }
  function announce(text) { document.getElementById("said").textContent = text; }

  // Language: the page is Italian; English texts come from the dictionary, figures change their signs.
  function speak(next) {
    if (next !== "it" && next !== "en") { next = "it"; }
    lang = next;
    root.lang = lang;
    all("[data-i]").forEach(function (one) {
      one.i = one.i || one.textContent;
      one.textContent = say(one.i);
      one.lang = lang;
    });
    all("[data-en]").forEach(function (one) {
      one.i = one.i || one.textContent;
      one.textContent = lang === "en" ? one.tagName === "desc" ? swap(one.dataset.en) : one.dataset.en : one.i;
      one.lang = lang;
    });
    all("[data-ia]").forEach(function (one) {
      one.i = one.i || one.getAttribute("aria-label");
      one.setAttribute("aria-label", say(one.i));
    });
    all("data, [data-n]").forEach(function (one) {
      one.n = one.n || one.textContent;
      one.textContent = lang === "en" ? swap(one.n) : one.n;
    });
    all("[data-lang]").forEach(function (one) { one.setAttribute("aria-pressed", String(one.dataset.lang === lang)); });
    label();
    all("[data-tools]").forEach(narrow);
    try { localStorage.setItem("pianometro-lang", lang); } catch (_) { /* kept for this page only */ }
  }

  // On a narrow screen rows become blocks; each cell then says what it is.
  function label() {
    all("table.ind, table.stack").forEach(function (table) {
      var heads = all("thead th", table).map(function (head) { return head.textContent.trim(); });
      all(":scope > tbody > tr:not(.d)", table).forEach(function (row) {
        all(":scope > td", row).forEach(function (cell) { cell.setAttribute("data-l", heads[cell.cellIndex] || ""); });
      });
    });
  }

  // Sorting moves whole bodies where each row has its own, else rows.
  function key(unit, column) {
    var row = unit.tagName === "TBODY" ? unit.rows[0] : unit;
    var cell = row.cells[column];
    var text = cell.hasAttribute("data-v") ? cell.getAttribute("data-v") : "";
    if (!cell.hasAttribute("data-v")) {
      var data = cell.querySelector("data");
      text = data ? data.value : cell.textContent.trim();
      if (!data && cell.className.indexOf("n") === 0 && /^[\d.,]+ ?%?$/.test(text)) { text = lang === "en" ? text.replace(/,/g, "") : text.replace(/\./g, "").replace(",", "."); text = text.replace("%", ""); }
    }
    return text === "–" ? "" : text;
  }
  function sort(table, head) {
    var down = head.getAttribute("aria-sort") === "ascending";
    var column = head.cellIndex;
    var bodies = all(":scope > tbody", table);
    var units = bodies.length > 1 ? bodies : all(":scope > tr", bodies[0]);
    var home = bodies.length > 1 ? table : bodies[0];
    var keyed = units.map(function (unit, place) { return { unit: unit, key: key(unit, column), place: place }; });
    keyed.sort(function (a, b) {
      if (!a.key !== !b.key) { return a.key ? -1 : 1; }
      var x = Number(a.key), y = Number(b.key);
      var by = a.key && !isNaN(x) && !isNaN(y) ? x - y : a.key.localeCompare(b.key, "it", { numeric: true });
      return (down ? -by : by) || a.place - b.place;
    });
    keyed.forEach(function (one) { home.appendChild(one.unit); });
    all("th[aria-sort]", table.tHead).forEach(function (one) { one.setAttribute("aria-sort", "none"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }
  function sortable(head) {
    var button = make("button", "", { type: "button", "class": "so" });
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", function () { sort(head.closest("table"), head); });
  }

  // Search and filter.
  function narrow(tools) {
    var table = document.getElementById(tools.dataset.tools);
    if (!table) { return; }
    var words = plain(tools.querySelector("[data-search]").value).split(/\s+/).filter(Boolean);
    var wanted = tools.querySelector("[data-filter]").value.split(" ").filter(Boolean);
    var bodies = all(":scope > tbody", table), seen = 0;
    bodies.forEach(function (body) {
      body.plain = body.plain || plain(body.textContent);
      var marks = (body.dataset.f || "").split(" ");
      var fits = words.every(function (word) { return body.plain.indexOf(word) >= 0; }) &&
        (!wanted.length || wanted.some(function (mark) { return marks.indexOf(mark) >= 0; }));
      body.hidden = !fits;
      seen += fits ? 1 : 0;
    });
    var text = seen + " / " + bodies.length + " " + say("indicatori mostrati");
    tools.querySelector("[data-count]").textContent = text;
    return text;
  }

  // Details below a row.
  function toggle(body, open) {
    var button = body.querySelector(".op");
    var detail = body.rows[1];
    if (!button || !detail) { return; }
    detail.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  function openable(body) {
    var name = body.querySelector(".nm");
    var button = make("button", name.textContent, { type: "button", "class": "op", "aria-expanded": "false", "aria-controls": body.id + "d" });
    body.rows[1].id = body.id + "d";
    name.textContent = "";
    name.appendChild(button);
    button.addEventListener("click", function () { toggle(body, button.getAttribute("aria-expanded") !== "true"); });
    toggle(body, false);
  }
  function arrive() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    var body = target && target.closest("table.ind > tbody");
    if (!body) { return; }
    body.hidden = false;
    toggle(body, true);
    // The place could not be scrolled to before it was shown; setting the address again also marks it as the target.
    target.scrollIntoView({ block: target === body ? "start" : "center" });
    if (target === body) { var button = body.querySelector(".op"); if (button) { button.focus({ preventScroll: true }); } }
  }

  // CSV: semicolons and decimal commas in Italian, commas and points in English. What a spreadsheet would take for a formula
  // gets an apostrophe.
  function csv(table) {
    var comma = lang === "en" ? "," : ";";
    var rows = all(":scope > thead > tr, :scope > tbody > tr:not(.d)", table).filter(function (row) { return !row.parentNode.hidden && !row.hidden; });
    return "\ufeff" + rows.map(function (row) {
      return Array.prototype.map.call(row.cells, function (cell) {
        var copy = cell.cloneNode(true);
        all("svg title, svg desc", copy).forEach(function (one) { one.remove(); });
        var text = copy.textContent.replace(/\s+/g, " ").trim();
        if (/^[=+\-@\t]/.test(text) && !/^-?[\d.,]+%?$/.test(text)) { text = "'" + text; }
        return "\"" + text.replace(/"/g, "\"\"") + "\"";
      }).join(comma);
    }).join("\r\n") + "\r\n";
  }
  function downloadable(table) {
    var button = make("button", "", { type: "button", "class": "btn csv" });
    button.appendChild(make("span", "Scarica la tabella (CSV)", { "data-i": "" }));
    button.addEventListener("click", function () {
      var link = make("a", "", { href: URL.createObjectURL(new Blob([csv(table)], { type: "text/csv;charset=utf-8" })), download: table.dataset.csv + ".csv" });
      document.body.appendChild(link);
      link.click();
      link.remove();
      announce(say("Tabella scaricata") + ": " + link.download);
    });
    var frame = table.closest(".scroll") || table;
    frame.parentNode.insertBefore(button, frame.nextSibling);
  }

  document.addEventListener("DOMContentLoaded", function () {
    all("th[data-s]").forEach(sortable);
    all("table.ind > tbody").forEach(openable);
    all("table[data-csv]").forEach(downloadable);
    all("[data-tools]").forEach(function (tools) {
      var wait;
      tools.addEventListener("input", function () {
        clearTimeout(wait);
        wait = setTimeout(function () { announce(narrow(tools)); }, 120);
      });
    });
    all("[data-open], [data-close]").forEach(function (button) {
      button.addEventListener("click", function () {
        var open = button.hasAttribute("data-open");
        all((button.dataset.open || button.dataset.close) + " details").forEach(function (one) { one.open = open; });
      });
    });
    all("[data-lang]").forEach(function (button) { button.addEventListener("click", function () { speak(button.dataset.lang); }); });
    var kept = null;
    try { kept = localStorage.getItem("pianometro-lang"); } catch (_) { /* not kept */ }
    speak(kept || "it");
    arrive();
  });
  window.addEventListener("hashchange", arrive);
})();
