// Where each page lives, in one language.

/** The addresses of `language`, one of site.yaml. */
export class Routes {
  constructor(language) {
    const { code, prefix, paths } = language;
    this.language = language;
    this.home = prefix ? `/${prefix}/` : "/";
    this.pages = paths.pages;
    this.index = {};
    for (const [name, word] of Object.entries(paths)) this.index[name] = `${this.home}${word}/`;
    this.pointer = `/search.${code}.json`;
    this.manifest = `/app.${code}.webmanifest`;
    this.feed = `/feed.${code}.xml`;
    this.opensearch = `/opensearch.${code}.xml`;
  }

  /** Where the page of `kind` (product, star, district, …) called `id` lives. */
  to(kind, id) {
    return `${this.index[kind]}${id}/`;
  }

  /** Where part `number` of the list that begins at `url` lives. */
  part(url, number) {
    return number === 1 ? url : `${url}${this.pages}/${number}/`;
  }
}
