// Copies values, shows what a mapping makes of them, and folds the steps on small screens. Without it everything works.
document.querySelectorAll("[data-copies]").forEach((button) => {
  const field = document.getElementById(button.dataset.copies);
  const word = button.querySelector("[data-word]");
  const usual = word.textContent;
  button.hidden = false;
  word.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = usual; }, 2000);
  });
});
document.querySelectorAll("[data-copy]").forEach((field) => field.addEventListener("focus", () => field.select()));
document.querySelectorAll("[data-mapping] select").forEach((select) => {
  const result = document.getElementById(select.dataset.target);
  const nothing = "–";
  select.addEventListener("change", () => {
    result.textContent = select.selectedOptions[0].dataset.value || nothing;
  });
});
const steps = document.querySelector(".stepbox");
if (steps && matchMedia("(max-width: 860px)").matches) steps.open = false;
