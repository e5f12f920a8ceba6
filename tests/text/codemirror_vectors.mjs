// Prints COUNT cases, one line of JSON each: random changes of random texts and what CodeMirror makes of them.
// Texts hold brackets, line feeds, combining marks and characters beyond U+FFFF; the seed is fixed.
import { ChangeSet, MapMode, Text } from "@codemirror/state"

const ALPHABET = ["a", "b", "[", "]", " ", "é", "保", "😀", "𠮷", "\n", "e\u0301", "ش", "\u00a0"]
const MODES = [MapMode.Simple, MapMode.TrackDel, MapMode.TrackBefore, MapMode.TrackAfter]

let seed = 5
function random(below) {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff
  return (seed >> 8) % below
}

function randomText(length) {
  return Array.from({ length }, () => ALPHABET[random(ALPHABET.length)]).join("")
}

function isInsideCharacter(text, position) {
  const unit = text.charCodeAt(position)
  return unit >= 0xdc00 && unit <= 0xdfff
}

function wholeCharacter(text, position) {
  return isInsideCharacter(text, position) ? position - 1 : position
}

function randomEdits(text) {
  const edits = []
  let at = 0
  for (let count = 1 + random(4); count; count--) {
    const from = wholeCharacter(text, at + random(text.length - at + 1))
    if (from < at) break
    const to = Math.max(from, wholeCharacter(text, Math.min(text.length, from + (random(2) ? random(6) : 0))))
    edits.push({ from, to, insert: random(3) ? randomText(1 + random(3)) : "" })
    at = to
  }
  return edits
}

function inCodePoints(text, edits) {
  const count = (unit) => Array.from(text.slice(0, unit)).length
  return edits.map(({ from, to, insert }) => [count(from), count(to), insert])
}

function positions(text, change) {
  const found = []
  for (let at = 0; at <= text.length; at++) {
    if (isInsideCharacter(text, at)) continue
    for (const side of [-1, 1]) for (const mode of MODES) found.push(change.mapPos(at, side, mode))
  }
  return found
}

for (let left = Number(process.argv[2]); left; left--) {
  const text = randomText(random(14))
  const document = Text.of(text.split("\n"))
  const edits = randomEdits(text)
  const a = ChangeSet.of(edits, text.length)
  const b = ChangeSet.of(randomEdits(text), text.length)
  const after = a.apply(document).toString()
  const c = ChangeSet.of(randomEdits(after), after.length)
  console.log(JSON.stringify({
    text, after, edits: inCodePoints(text, edits), a, b, c,
    composed: a.compose(c), inverted: a.invert(document), a_over_b: a.map(b), b_over_a_first: b.map(a, true),
    positions: positions(text, a),
  }))
}
