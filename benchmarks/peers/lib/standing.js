// What a certificate is worth on the day of the catalogue, and what is said of it.

import { addDays, addMonths } from "./formats.js";

const RENEWAL_DAYS = 180;

/** The certificate of `product` that counts on `day`; nothing where none is in force yet. */
export function standing(product, programme, day) {
  let paper;
  for (const each of product.certifications) {
    if (each.issued <= day && !(paper && paper.issued >= each.issued)) paper = each;
  }
  if (!paper) return undefined;
  const version = versionOn(programme, paper.issued);
  const end = addMonths(paper.issued, version.validity_months);
  const issuer = version.issuers.find((each) => each.star === paper.star)?.name;
  const status = day < addDays(end, -RENEWAL_DAYS) ? "valid" : day <= end ? "renewal" : "expired";
  return { status, paper, star: paper.star, issuer, end, months: version.validity_months };
}

function versionOn(programme, day) {
  const begun = programme.versions.filter((each) => each.start <= day);
  return begun.length ? begun.reduce((a, b) => (b.start > a.start ? b : a)) : programme.versions[0];
}

/** What a page says of `worth`, a standing: in stars and in words. */
export function mark(edition, worth) {
  const { t, formats } = edition;
  const issued = formats.on(worth.paper.issued);
  const due = worth.status === "renewal";
  return {
    star: worth.star,
    stars: t("star.words", { star: worth.star }),
    state: t(due ? "state.renewal" : "state.valid", { month: formats.month(worth.end) }),
    told: t("told.dated", { issued, end: formats.day(worth.end) }),
    brief: !due,
    note: due ? t("note.renewal", { day: formats.day(worth.end) }) : "",
    issuer: worth.issuer && edition.say(worth.issuer),
  };
}
