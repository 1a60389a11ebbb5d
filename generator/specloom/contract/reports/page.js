// Filters the findings; without it the page shows them all.
const form = document.getElementById("filter");
if (form) {
  const [words, known] = form.querySelectorAll("input");
  const findings = [...document.querySelectorAll(".finding")];
  const texts = findings.map((one) => one.textContent.toLowerCase());
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    findings.forEach((one, number) => {
      const shown = known.checked || !one.classList.contains("known");
      one.hidden = !shown || !wanted.every((word) => texts[number].includes(word));
    });
    const left = findings.filter((one) => !one.hidden).length;
    form.querySelector("output").textContent = `${left} of ${findings.length}`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
