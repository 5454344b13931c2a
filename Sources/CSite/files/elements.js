"use strict";
// Elements are made and given texts; nothing is ever parsed as markup.

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) if (value !== undefined && value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function find(selector, within) { return (within || document).querySelector(selector); }

function all(selector, within) { return [...(within || document).querySelectorAll(selector)]; }

/** A text as it is searched: lower case, no accents. */
function folded(text) { return String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

/** Whether a folded text has all of the words. */
function hasWords(text, words) { return words.every((word) => text.includes(word)); }

function wordsOf(text) { return folded(text).split(/\s+/).filter(Boolean); }

function fixed(value, decimals) {
  return value === null || value === undefined ? "–" : value.toFixed(decimals).replace("-", "−");
}

function signed(value, decimals) {
  const text = fixed(value, decimals);
  return value > 0 ? "+" + text : text;
}
