// Filters the findings; without it the page shows them all.
const form = document.getElementById("filter");
if (form) {
  const words = form.querySelector("input[type=search]");
  const severities = [...form.querySelectorAll("input[type=checkbox]")];
  const rule = form.querySelector("select");
  const sections = [...document.querySelectorAll(".rule")].map((section) => ({
    section,
    rule: section.dataset.rule,
    severity: section.dataset.severity,
    findings: [...section.querySelectorAll("li")].map((item) => ({
      item,
      text: `${section.querySelector("h2").textContent} ${item.textContent}`.toLowerCase(),
    })),
  }));
  const total = sections.reduce((sum, one) => sum + one.findings.length, 0);
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    const chosen = severities.filter((box) => box.checked).map((box) => box.value);
    let left = 0;
    for (const one of sections) {
      const open = chosen.includes(one.severity) && (!rule.value || rule.value === one.rule);
      let shown = 0;
      for (const { item, text } of open ? one.findings : []) {
        item.hidden = !wanted.every((word) => text.includes(word));
        shown += !item.hidden;
      }
      one.section.hidden = !shown;
      one.section.querySelector(".count").textContent = shown;
      left += shown;
    }
    form.querySelector("output").textContent = `${left} of ${total}`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
