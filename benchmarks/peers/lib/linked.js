// What programs are told of a page, in the vocabulary of schema.org (JSON-LD).

import { STARS } from "./edition.js";

/** The way from the first page over `crumbs` to the page called `name`. */
export function trail(edition, crumbs, name) {
  const steps = [{ text: edition.t("menu.home"), url: edition.routes.home }, ...crumbs];
  const items = steps.map(({ text, url }, at) => ({
    "@type": "ListItem",
    position: at + 1,
    name: text,
    ...(url && { item: edition.absolute(url) }),
  }));
  items.push({ "@type": "ListItem", position: items.length + 1, name });
  return { "@type": "BreadcrumbList", itemListElement: items };
}

/** The pages that a list leads to; `total` are those of all of its parts together. */
export function rows(edition, cards, total) {
  const itemListElement = cards.map((each, at) => ({
    "@type": "ListItem",
    position: at + 1,
    name: each.name,
    url: edition.absolute(each.url),
  }));
  return { "@type": "ItemList", numberOfItems: total, itemListElement };
}

/** The site as a whole. */
export function website(edition) {
  const url = edition.absolute(edition.routes.home);
  return {
    "@type": "WebSite",
    "@id": `${url}#site`,
    name: edition.title,
    url,
    inLanguage: edition.code,
    about: { "@type": "AdministrativeArea", name: edition.province },
  };
}

/** A product, whose page shows `pictures`. */
export function productThing(edition, product, pictures) {
  const { catalogue, routes } = edition;
  const url = edition.absolute(routes.to("product", product.id));
  const home = edition.absolute(routes.to("producer", product.producer));
  const others = edition.others(product.name).map((each) => each.text);
  const images = pictures.filter((each) => each.sources).map((each) => edition.absolute(each.url));
  return {
    "@type": "Product",
    "@id": `${url}#product`,
    name: edition.say(product.name),
    ...(others.length && { alternateName: others }),
    description: edition.say(product.summary),
    url,
    ...(images.length && { image: images }),
    sku: product.id,
    category: edition.say(catalogue.kinds.get(product.set).set.name),
    manufacturer: {
      "@type": "Organization",
      "@id": `${home}#producer`,
      name: edition.say(catalogue.producers.get(product.producer).name),
      url: home,
    },
    hasCertification: certification(edition, catalogue.standings.get(product.id)),
    ...(product.price && { offers: offer(edition, product.price, url) }),
  };
}

function certification(edition, { paper, star, issuer, end }) {
  return {
    "@type": "Certification",
    name: edition.t("linked.certificate", { star }),
    ...(paper.decision && { certificationIdentification: paper.decision }),
    certificationRating: {
      "@type": "Rating",
      ratingValue: star,
      worstRating: Math.min(...STARS),
      bestRating: Math.max(...STARS),
    },
    certificationStatus: "https://schema.org/CertificationActive",
    ...(issuer && { issuedBy: { "@type": "GovernmentOrganization", name: edition.say(issuer) } }),
    validFrom: paper.issued,
    expires: end,
    url: paper.sources[0].url,
  };
}

function offer(edition, price, url) {
  const priceCurrency = "VND";
  if (price.min !== price.max) {
    const { min: lowPrice, max: highPrice } = price;
    return { "@type": "AggregateOffer", lowPrice, highPrice, priceCurrency, url };
  }
  const unitText = edition.say(price.unit);
  return {
    "@type": "Offer",
    price: price.min,
    priceCurrency,
    url,
    priceSpecification: {
      "@type": "UnitPriceSpecification",
      price: price.min,
      priceCurrency,
      unitText,
    },
  };
}
