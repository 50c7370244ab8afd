// Reads Mermaid texts with Mermaid's own parser: `node read-mermaid.mjs texts.json answers.json`.
// Each answer holds what the parser understood, or its error.
import { readFileSync, writeFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!DOCTYPE html><body></body>");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const boxes = [...db.getVertices().values()];
    return {
      title: db.getAccTitle(),
      description: db.getAccDescription(),
      boxes: boxes.map(({ id, text, classes, link }) => ({ id, text, classes, link: link ?? "" })),
      arrows: db.getEdges().map(({ start, end, text, stroke, type, style }) => ({ start, end, text, stroke, type, style })),
      columns: db.getSubGraphs().map(({ id, title, nodes }) => ({ id, title, nodes })),
    };
  } catch (error) {
    return { error: error.message };
  }
}

const answers = [];
for (const text of JSON.parse(readFileSync(process.argv[2], "utf8"))) answers.push(await read(text));
writeFileSync(process.argv[3], JSON.stringify(answers));
