// Dates, numbers and prices as a language writes them.

const COUNTRY = "+84";
const DAY = 86_400_000;

/** How the language of `tag` writes what is not words; `t` knows the patterns of dates. */
export class Formats {
  constructor(t, tag) {
    this.t = t;
    this.decimal = new Intl.NumberFormat(tag);
    this.money = new Intl.NumberFormat(tag, { style: "currency", currency: "VND" });
    const month = new Intl.DateTimeFormat(tag, { month: "long", timeZone: "UTC" });
    this.months = Array.from({ length: 12 }, (_, at) => month.format(Date.UTC(2000, at, 1)));
    this.days = new Map();
  }

  day(day) {
    return this.dated(day, "format.day");
  }

  month(day) {
    return this.dated(day, "format.month");
  }

  on(day) {
    return this.t("format.on_day", { day: this.day(day) });
  }

  number(number) {
    return this.decimal.format(number);
  }

  price(least, most) {
    const first = this.money.format(least);
    return least === most ? first : `${first} – ${this.money.format(most)}`;
  }

  phone(number) {
    if (!number.startsWith(COUNTRY)) return number;
    const digits = `0${number.slice(COUNTRY.length)}`;
    const area = !digits.startsWith("02") ? -6 : /^02[48]/.test(digits) ? 3 : 4;
    const split = area < 0 ? -3 : -4;
    return `${digits.slice(0, area)} ${digits.slice(area, split)} ${digits.slice(split)}`;
  }

  dated(day, pattern) {
    const name = pattern + day;
    let text = this.days.get(name);
    if (text === undefined) {
      const [year, month, date] = day.split("-");
      const parts = { yyyy: year, MMMM: this.months[month - 1], MM: month, dd: date, d: +date };
      text = this.t(pattern).replace(/yyyy|MMMM|MM|dd|d/g, (part) => parts[part]);
      this.days.set(name, text);
    }
    return text;
  }
}

/** The day `months` after `day`, or the end of its month if that has no such day. */
export function addMonths(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The day so many `days` after `day`. */
export const addDays = (day, days) => iso(Date.parse(day) + days * DAY);

const iso = (time) => new Date(time).toISOString().slice(0, 10);
