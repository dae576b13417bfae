/* Blocking and tiny: sets the chosen theme before the first paint. */
(function (root) {
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
  } catch (error) {
    /* a private window keeps nothing */
  }
})(document.documentElement);
