// The words of one language, asked for by key.

const PLACE = /\{(\w+)\}/g;

/** A function that says what the message file `tree` has for a key, with values filled in. */
export function words(tree, tag) {
  const entries = new Map(flat("", tree));
  const plural = new Intl.PluralRules(tag);
  return (key, values) => {
    let text = entries.get(key);
    if (text === undefined && values && "count" in values) {
      text = entries.get(`${key}.${plural.select(Number(values.count))}`);
      text ??= entries.get(`${key}.other`);
    }
    if (text === undefined) throw new Error(`no words for ${key}`);
    return values ? text.replace(PLACE, (_, name) => values[name]) : text;
  };
}

function* flat(prefix, tree) {
  for (const [name, value] of Object.entries(tree)) {
    if (value !== null && typeof value === "object") yield* flat(`${prefix}${name}.`, value);
    else yield [prefix + name, String(value)];
  }
}
