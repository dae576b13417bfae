// The star mark of a product that a script shows.

/** Let the mark in `shown` tell the stars of `product`; where it has none, the picture pales. */
export function showStars(shown, product, say) {
  const star = shown.querySelector(".star");
  if (product.star === 0) {
    star.remove();
    shown.querySelector(".plate").classList.add("faded");
    return;
  }
  star.querySelector("use").setAttribute("href", `#s${product.star}`);
  star.querySelector("span").textContent = say("star", { count: product.star });
}

/** Show the small picture of `product` in `shown`. */
export function showPicture(shown, product) {
  const picture = shown.querySelector(".plate");
  if (product.thumbnail) picture.src = product.thumbnail;
  if (product.tone) picture.classList.add(product.tone);
}
