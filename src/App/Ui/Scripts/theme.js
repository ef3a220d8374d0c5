// Light or dark. The cookie lets the server paint the next page right from its first byte.
const root = document.documentElement;
const year = 31536000;

document.addEventListener("click", e => {
  if (e.target.closest("[data-theme-switch]")) {
    const isDark = root.dataset.theme === "dark" || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = isDark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; max-age=${year}; path=/; samesite=lax`;
    document.dispatchEvent(new CustomEvent("theme-changed"));
  } else if (e.target.closest("[data-menu-switch]")) {
    if (innerWidth <= 960) {
      root.dataset.menu = root.dataset.menu === "over" ? "" : "over";
      if (root.dataset.menu === "over") document.querySelector("#menu a, #menu summary")?.focus();
    } else {
      root.dataset.menu = root.dataset.menu === "shut" ? "" : "shut";
      document.cookie = `menu=${root.dataset.menu || "open"}; max-age=${year}; path=/; samesite=lax`;
    }
  } else if (root.dataset.menu === "over" && !e.target.closest("#menu")) {
    root.dataset.menu = "";
  }
});
