// Calls an actor as any other caller would: POST /{actor}.
import { ask } from "./key.js";

/**
 * @param input {json: text} for the envelope, {bytes: Blob} for a bare body
 * @param options {sloMillis, priority, version}, each null where it is not said
 * @returns {ok, status, code, id, millis, type, text, blob, problem}
 */
export async function call(method, input, options, signal, onEvent) {
  const headers = { Accept: method.streamsEvents ? "text/event-stream" : "*/*" };
  let body;
  if (input.bytes) {
    headers["Content-Type"] = bareType(input.bytes.type);
    if (options.sloMillis !== null) headers["Sluice-Slo-Ms"] = String(options.sloMillis);
    if (options.priority !== null) headers["Sluice-Priority"] = String(options.priority);
    if (options.version !== null) headers["Sluice-Version"] = options.version;
    body = input.bytes;
  } else {
    headers["Content-Type"] = "application/json";
    // Not by JSON.stringify: the input is to arrive as it was written.
    body = `{"input": ${input.json}${member("slo_ms", options.sloMillis)}${member("priority", options.priority)}${member("version", options.version)}}`;
  }
  const began = performance.now();
  const response = await ask(method.path, { method: "POST", headers, body, signal });
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0].trim();
  const answer = { ok: response.ok, status: response.status, code: response.headers.get("Sluice-Code"), id: response.headers.get("Sluice-Id"), type };
  if (response.ok && type === "text/event-stream") {
    answer.problem = await events(response.body, (event) => onEvent(event, performance.now() - began));
    answer.ok = answer.problem === null;
    answer.code ??= answer.problem?.code ?? null;
  } else {
    answer.blob = await response.blob();
    if (isText(type)) answer.text = await answer.blob.text();
    if (!response.ok) answer.problem = problemOf(answer);
  }
  answer.millis = performance.now() - began;
  return answer;
}

const member = (name, value) => (value === null ? "" : `, "${name}": ${JSON.stringify(value)}`);

/** JSON would be taken for the envelope. */
const bareType = (type) => (/^(image|text|audio|video)\//.test(type) && type !== "text/json" ? type : "application/octet-stream");

export const isText = (type) => /^text\/|[/+](json|xml|yaml)$/.test(type);

function problemOf(answer) {
  try {
    const problem = JSON.parse(answer.text);
    answer.code ??= problem.code ?? null;
    return problem;
  } catch {
    return { title: `Status ${answer.status}`, detail: answer.text ?? "" };
  }
}

/** Reads server-sent events to the end; gives the problem that ended them, or null. */
async function events(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return { title: "Broken off", detail: "The stream ended without an end." };
    rest += value;
    const whole = rest.split("\n\n");
    rest = whole.pop();
    for (const one of whole) {
      const lines = one.split("\n");
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, "")).join("\n");
      const name = lines.find((line) => line.startsWith("event:"))?.slice(6).trim();
      if (name === "end") return null;
      if (name === "error") return JSON.parse(data);
      if (lines.some((line) => line.startsWith("data:"))) onEvent(data);
    }
  }
}

const TRIES = [60, 150, 400, 900];

/** Where the time of a query went: null where nothing is recorded of it. What routers tell of it may come a little after its answer. */
export async function explain(id) {
  for (const pause of TRIES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const response = await ask(`api/queries/${encodeURIComponent(id)}`);
    if (response.status === 200) return response.json();
    if (response.status !== 204) return null;
  }
  return null;
}
