// The page of one person: an attempt takes a minute or two, a meeting as long as the last one.
(() => {
  "use strict";
  const minutes = document.getElementById("id_minutes");
  if (!minutes) return;
  const usual = minutes.value;
  let own = false;
  minutes.addEventListener("input", () => { own = true; });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "outcome" || own) return;
    minutes.value = event.target.value === "attended" ? usual : "5";
  });
})();
