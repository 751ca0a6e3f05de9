// Shows how far an import has come while its answer is waited for, and looks again while one is under way.
(() => {
  const secondsBetweenLooks = 1;
  const form = document.querySelector("form[data-progress]");
  const shown = document.getElementById("voortgang");
  if (!form) {
    if (shown?.dataset.running) setTimeout(() => location.reload(), 2000 * secondsBetweenLooks);
    return;
  }
  const words = shown.querySelector("[role=status]");
  const bar = shown.querySelector("progress");
  const look = async () => {
    const answer = await fetch(form.dataset.progress);
    // Until the file has been looked at there is nothing to see.
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("voortgang");
    if (!now) return;
    words.textContent = now.querySelector("[role=status]").textContent;
    bar.max = now.querySelector("progress").max;
    bar.value = now.querySelector("progress").value;
  };
  // Whoever comes back to the page may send it again, which adds nobody twice.
  addEventListener("pageshow", () => delete form.dataset.sent);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    shown.hidden = false;
    shown.focus();
    const again = () =>
      setTimeout(
        () =>
          look()
            .catch(() => undefined)
            .then(again),
        1000 * secondsBetweenLooks,
      );
    again();
  });
})();
