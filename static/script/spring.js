// Conveniences. Every page does its work without them.
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);

  // What is wrong is read out first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // A link to a mistake goes to the box itself, its label in view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".govuk-error-summary a");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) return;
    event.preventDefault();
    (box.closest(".govuk-form-group") || box).scrollIntoView();
    box.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", (event) => {
    // "/" goes to the search, unless someone is writing.
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = document.getElementById("find");
      if (!find || event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      find.focus();
      find.select();
    }
    if (event.key === "Escape") {
      const menu = document.querySelector(".me[open]");
      if (!menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".me[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  // Where the browser does not grow text boxes by itself.
  if (!CSS.supports("field-sizing", "content")) {
    const grow = (box) => {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 4}px`;
    };
    document.addEventListener("input", (event) => {
      if (event.target.matches("textarea")) grow(event.target);
    });
    all("textarea").forEach(grow);
  }

  // A second press sends nothing twice; coming back makes the form ready again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => all("[data-sent]").forEach((f) => delete f.dataset.sent));

  // "In two weeks" writes the date: <button type="button" data-date-for="id_due_on" data-days="14">
  const words = (date) =>
    date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  all("[data-date-for]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = document.getElementById(button.dataset.dateFor);
      if (!box) return;
      const day = new Date();
      day.setDate(day.getDate() + Number(button.dataset.days));
      box.value = words(day);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      all(`[data-date-for="${button.dataset.dateFor}"]`).forEach((other) =>
        other.setAttribute("aria-pressed", String(other === button)));
    });
  });

  // Boxes that matter only after one answer: <div data-show-for="due_in" data-show-value="date">
  const reveal = () => all("[data-show-for]").forEach((part) => {
    const wanted = part.dataset.showValue.split(" ");
    const chosen = [...all(`[name="${part.dataset.showFor}"]:checked`)].map((box) => box.value);
    part.hidden = !chosen.some((value) => wanted.includes(value));
  });
  document.addEventListener("change", reveal);
  reveal();

  // NHS number: said when it is whole, never while it is being typed. Modulus 11.
  const valid = (digits) => {
    const sum = [...digits.slice(0, 9)].reduce((total, d, i) => total + Number(d) * (10 - i), 0);
    return (11 - (sum % 11)) % 11 === Number(digits[9]) && new Set(digits).size > 1;
  };
  all('[data-check="nhs-number"]').forEach((box) => {
    const says = document.createElement("p");
    says.className = "soft";
    says.setAttribute("role", "status");
    box.after(says);
    const check = () => {
      const typed = box.value.replace(/[\s-]/g, "");
      const whole = /^\d{10}$/.test(typed);
      const good = whole && valid(typed);
      const wrong = (whole && !good) || typed.length > 10;
      says.textContent = good ? "This number is valid."
        : wrong ? "This is not an NHS number: please look at it again, or leave it out." : "";
      says.classList.toggle("soft--ok", good);
      says.classList.toggle("soft--late", wrong);
    };
    box.addEventListener("input", check);
    check();
  });
})();
