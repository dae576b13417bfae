// Say the words of the page's language, which the pointer file brings.

/** Return a function that fills the words of a key with values; unknown keys say nothing. */
export function sayer(words, lang) {
  const plural = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const text = words[key] ?? words[`${key}.${plural.select(values.count)}`] ?? words[`${key}.other`];
    return (text ?? "").replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
  };
}

/** Return what the abbreviations in `written` stand for: "htx = hợp tác xã; tp = thành phố". */
export function readShort(written) {
  const pairs = written.split(";").map((each) => each.split("="));
  return Object.fromEntries(
    pairs.filter((pair) => pair.length === 2).map(([short, long]) => [short.trim(), long.trim()]),
  );
}
