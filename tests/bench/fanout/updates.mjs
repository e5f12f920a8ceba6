/* Writes, for a load client that knows nothing of Yjs, what it says to a Yjs server: how it greets, and its edits.

   node updates.mjs hocuspocus|y-websocket COUNT PAYLOAD: each message preceded by its length in four bytes; each edit
   puts PAYLOAD characters at the end of the text, beginning with a stamp that the load client overwrites. */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

const [kind, count, payload] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const SYNC = 0;
const AUTH = 2;
const UPDATE = 2;
const STAMP = `TS=${"0".repeat(16)}`;

/** @param {(encoder: encoding.Encoder) => void} write */
function message(write) {
  const encoder = encoding.createEncoder();
  if (kind === "hocuspocus") encoding.writeVarString(encoder, "bench");
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** @param {Uint8Array} words */
function put(words) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(words.length);
  process.stdout.write(Buffer.concat([length, words]));
}

put(
  message((encoder) => {
    encoding.writeVarUint(encoder, kind === "hocuspocus" ? AUTH : SYNC);
    encoding.writeVarUint(encoder, 0);
    if (kind === "hocuspocus") encoding.writeVarString(encoder, "");
    else encoding.writeVarUint8Array(encoder, Y.encodeStateVector(new Y.Doc()));
  }),
);
const doc = new Y.Doc();
const text = doc.getText("text");
doc.on("update", (update) => {
  put(
    message((encoder) => {
      encoding.writeVarUint(encoder, SYNC);
      encoding.writeVarUint(encoder, UPDATE);
      encoding.writeVarUint8Array(encoder, update);
    }),
  );
});
for (let n = 0; n < count; n++) text.insert(text.length, STAMP.padEnd(payload, "x"));
