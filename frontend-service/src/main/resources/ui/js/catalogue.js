// The actors that the frontend publishes, and what their inputs look like.

import { ask } from "./key.js";

let known = null;

async function json(path) {
  const response = await ask(path, { headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? `${path} answered with the status ${response.status}.`);
  return body;
}

async function load() {
  const [list, document] = await Promise.all([json("/"), json("/openapi.json")]);
  return list.actors.map((actor) => ({
    ...actor,
    methods: actor.methods.map((method) => {
      const content = document.paths[method.path]?.post?.requestBody?.content ?? {};
      return {
        ...method,
        schema: content["application/json"]?.schema?.properties?.input ?? {},
        takesBytes: "application/octet-stream" in content,
        // One that streams a media type streams the pieces of one body.
        streamsEvents: method.streaming && !method.output.includes("/"),
      };
    }),
  }));
}

/** Asked for again where it is older than what calls for it. */
export function actors({ fresh = false } = {}) {
  if (!known || fresh) {
    known = load();
    known.catch(() => (known = null));
  }
  return known;
}

/** The inputs of an actor that is a model of the Open Inference Protocol; null where it is none. */
export async function tensors(actor) {
  try {
    const model = await json(`/v2/models/${encodeURIComponent(actor)}`);
    return model.inputs?.length ? model.inputs : null;
  } catch {
    return null;
  }
}
