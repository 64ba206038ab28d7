// Answers are held in one variable of this script and nowhere else: they end with the page.
(function () {
  "use strict";
  var NEUTRAL = "#list";
  var PRESSES = 3;
  var WITHIN = 5000;
  var MOST_THINGS = 3;
  var root = document.documentElement;
  var given = new Map();
  var queue = [];
  var at = 0;
  var presses = [];
  var pressed = "";
  var gone = false;

  root.className = location.hash === NEUTRAL ? "left" : "script";

  function element(id) { return document.getElementById(id); }
  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function fill(place, items) {
    place.textContent = "";
    items.forEach(function (item) { place.appendChild(item); });
  }

  // Leaving: first cover, then take everything out of the document, then out of the address.
  function clear() {
    gone = true;
    given.clear();
    queue = [];
    root.className = "left";
    var list = element("list");
    if (list && document.body) { fill(document.body, [list]); }
    all("script").forEach(function (item) { item.remove(); });
    window.scrollTo(0, 0);
  }
  function leave() {
    clear();
    if (location.hash !== NEUTRAL) {
      try { location.replace(NEUTRAL); } catch (error) { root.className = "left"; }
    }
    var title = document.querySelector("#list h1");
    if (title) { title.focus(); }
  }
  function count_press(event) {
    var key = event.code === "KeyX" || String(event.key).toLowerCase() === "x" ? "x" : event.key;
    if (event.repeat && key === pressed) { return; }
    var counts = key === "Shift" || (key === "x" && !event.ctrlKey && !event.metaKey && !event.altKey);
    if (key !== pressed || !counts) { presses = []; }
    pressed = key;
    if (!counts) { return; }
    presses = presses.concat(event.timeStamp).slice(-PRESSES);
    if (presses.length === PRESSES && event.timeStamp - presses[0] <= WITHIN) { leave(); }
  }
  document.addEventListener("keydown", count_press, true);
  window.addEventListener("hashchange", function () {
    if (location.hash === NEUTRAL) { leave(); }
  });
  window.addEventListener("pagehide", clear);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { leave(); } });

  // What an answer means.
  function is_open(question) {
    var answer = given.get(question);
    return answer === undefined || answer === "skip";
  }
  function is_other(question) {
    var good = question.dataset.good;
    var answer = given.get(question);
    return !is_open(question) && good !== "either" && answer !== good && answer !== "n-a";
  }
  function has(question, mark) { return question.dataset[mark] !== undefined; }
  function is_needed(question) {
    return has(question, "needed") || (has(question, "high") && given.get(question) === "skip");
  }
  function before_the_call() { return all(".group:not([data-group=after]) .question"); }
  function outcome(questions) {
    var others = questions.filter(is_other);
    if (others.some(function (item) { return has(item, "pause"); })) { return "pause"; }
    var first = others.some(function (item) { return has(item, "first"); });
    var missing = questions.filter(is_open).some(is_needed);
    return first || missing ? "review-first" : "ready-if-you-both-are";
  }
  function how_said(word, others) {
    if (word === "pause") {
      var deciding = others.filter(function (item) { return has(item, "pause"); });
      return deciding.every(function (item) { return given.get(item) === "unsure"; }) ? word : "stop";
    }
    var first = others.some(function (item) { return has(item, "first"); });
    return word === "review-first" && !first ? "unanswered" : word;
  }
  function may_hint(question) {
    return !root.classList.contains("held-back") || has(question, "pause") || has(question, "care");
  }
  function weight(question) {
    return has(question, "pause") ? 0 : has(question, "high") ? 1 : 2;
  }

  // What is shown.
  function say(text) { element("state").textContent = text; }
  function filled(place, number) {
    var words = number === 1 ? place.dataset.one : place.dataset.many;
    return words.replace("{}", number);
  }
  function show_only(shown) {
    all(".now").forEach(function (item) { item.classList.remove("now"); });
    all("[data-part]").forEach(function (item) { item.hidden = item !== shown; });
    element("panel").hidden = shown !== null;
    root.classList.toggle("asking", shown === null);
    window.scrollTo(0, 0);
  }
  function unasked(group) {
    return all(".question", group).filter(function (item) { return !given.has(item); });
  }
  function ask(group) {
    queue = unasked(group);
    at = 0;
    show_question();
  }
  function show_question() {
    var question = queue[at];
    show_only(null);
    question.classList.add("now");
    question.closest(".group").classList.add("now");
    all(".not-mine").forEach(function (item) { item.hidden = !has(question, "notMine"); });
    var place = element("state").dataset.place;
    say(place.replace("{}", at + 1).replace("{}", queue.length));
    question.querySelector(".asked").focus({ preventScroll: true });
  }
  function take(answer) {
    given.set(queue[at], answer);
    hold_back();
    if (at + 1 < queue.length) { at += 1; show_question(); return; }
    var group = queue[at].closest(".group").dataset.group;
    if (group === "after" && element("afterwards")) { show_card("afterwards"); } else { end(); }
  }
  function hold_back() {
    var care = all(".question[data-care]").some(function (item) {
      return is_other(item) || given.get(item) === "skip";
    });
    root.classList.toggle("held-back", care);
    element("noticed").hidden = !care;
  }
  function back() {
    if (at === 0) { start(); return; }
    at -= 1;
    given.delete(queue[at]);
    hold_back();
    show_question();
  }
  function words_of(question) { return question.querySelector(".asked").textContent; }
  function list(place, items, words) {
    var rows = items.map(function (item) {
      var row = document.createElement("li");
      row.textContent = words(item);
      return row;
    });
    fill(place, rows);
    place.parentNode.hidden = rows.length === 0;
  }
  function end() {
    var questions = before_the_call();
    var word = outcome(questions);
    var open = questions.filter(is_open);
    var others = questions.filter(is_other).sort(function (a, b) { return weight(a) - weight(b); });
    var ending = element("ending");
    show_only(ending);
    var shown = how_said(word, others);
    all("[data-outcome]").forEach(function (item) { item.hidden = item.dataset.outcome !== shown; });
    var count = element("unanswered");
    count.hidden = open.length === 0 || word === "pause";
    count.textContent = filled(count, open.length);
    var needed = word === "pause" ? [] : open.filter(is_needed);
    list(element("needed"), needed, words_of);
    list(element("worth"), others.slice(0, MOST_THINGS), function (item) {
      var hint = item.querySelector(".hint");
      return hint && may_hint(item) ? hint.textContent : words_of(item);
    });
    all("[data-ask]").forEach(function (button) {
      var left = unasked(document.querySelector("[data-group=" + button.dataset.ask + "]")).length;
      button.hidden = left === 0;
      button.textContent = button.dataset.words.replace("{}", left);
    });
    say(element("state").dataset.end);
    ending.querySelector("h1").focus();
  }
  function show_card(id) {
    var card = element(id);
    show_only(element("after-card"));
    card.classList.add("now");
    say(card.querySelector("h2").textContent);
    card.querySelector("h2").focus();
  }
  function start() {
    given.clear();
    hold_back();
    show_only(element("start"));
    say("");
    element("start").querySelector("h1").focus();
  }

  var does = {
    begin: function () { ask(document.querySelector(".group")); },
    answer: function (button) { take(button.dataset.answer); },
    back: back,
    end: end,
    again: start,
    ask: function (button) {
      ask(document.querySelector("[data-group=" + button.dataset.ask + "]"));
    },
    card: function (button) { show_card(button.dataset.card); }
  };
  document.addEventListener("click", function (event) {
    var target = event.target.closest("button, .leave");
    if (!target || gone) { return; }
    if (target.classList.contains("leave")) {
      event.preventDefault();
      leave();
      return;
    }
    does[target.dataset.does](target);
  });
  document.addEventListener("DOMContentLoaded", function () {
    if (root.className === "left") { clear(); return; }
    all("ol.questions, ol.questions > li").forEach(function (item) {
      item.setAttribute("role", "presentation");
    });
    show_only(element("start"));
  });
}());
