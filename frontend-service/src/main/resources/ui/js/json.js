// JSON whose numbers stay as they are written: actors count with 64 bits, and JavaScript does not.

const exact = (key, value, { source } = {}) =>
  typeof value === "number" && source !== undefined && String(value) !== source && JSON.rawJSON ? JSON.rawJSON(source) : value;

export const parse = (text) => JSON.parse(text, exact);

export const pretty = (value) => JSON.stringify(value, null, 2);

/** What is wrong with a text as JSON, as a sentence; null where nothing is. */
export function problem(text) {
  if (!text.trim()) return "Write the input as JSON, such as {\"field\": 1}.";
  try {
    JSON.parse(text);
    return null;
  } catch (failure) {
    return `This is not JSON: ${failure.message}.`;
  }
}
