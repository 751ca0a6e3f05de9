// Ticks off the rules for a password while it is typed. Rules that only the server can judge stay as they are,
// and what the server says goes: this sends nothing and decides nothing.
(() => {
  const rules = document.querySelector(".rules");
  const field = document.getElementById("password");
  if (!rules || !field) return;
  const { username = "", least = "8", most = "256", met = "", unmet = "" } = rules.dataset;
  const classes = [/\p{Lu}|\p{Lt}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];
  const checks = {
    "too-short": (text) => [...text].length >= Number(least),
    "too-long": (text) => text.length <= Number(most),
    "too-few-classes": (text) => classes.filter((one) => one.test(text)).length >= 3,
    // Of names, the page knows the login name alone: without it in the password this rule may still be broken.
    "contains-name": (text) =>
      username.length > 2 && text.toLowerCase().includes(username.toLowerCase()) ? false : null,
    "space-at-edge": (text) => !/^\s|\s$/u.test(text),
    unprintable: (text) => !/\p{Cc}|\p{Cs}/u.test(text),
  };
  const show = (item, state) => {
    let mark = item.querySelector(".mark");
    if (!mark) {
      item.querySelector("strong")?.remove();
      mark = document.createElement("span");
      mark.className = "mark";
      item.prepend(mark);
    }
    mark.textContent = state === null ? "" : `${state ? met : unmet}: `;
    item.classList.toggle("met", state === true);
    item.classList.toggle("broken", state === false);
  };
  field.addEventListener("input", () => {
    const text = field.value.normalize("NFC");
    for (const item of rules.querySelectorAll("[data-rule]")) {
      const check = checks[item.dataset.rule];
      if (check) show(item, text === "" ? null : check(text));
    }
  });
})();
