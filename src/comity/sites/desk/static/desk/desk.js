// What a page can do better with JavaScript. Every page works without it.
"use strict";

// A summary of errors is read first.
document.querySelector("[data-focus]")?.focus();

// A draft saves itself two seconds after the last key.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]");
  let timer, changed = false;
  const save = async () => {
    const body = new FormData(form);
    body.set("do", "save");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { "X-Requested-With": "autosave" } });
      if (!answer.ok) throw new Error(String(answer.status));
      changed = false;
      if (status) status.textContent = status.dataset.saved;
    } catch {
      if (status) status.textContent = status.dataset.failed;
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    if (status) status.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// Work in progress: fetch the page again and put in the new part.
const poll = async (part) => {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "poll" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!fresh) return location.reload();
  part.replaceWith(document.importNode(fresh, true));
  watch();
};
const watch = () => {
  for (const part of document.querySelectorAll("[data-poll]")) setTimeout(() => poll(part).catch(() => setTimeout(watch, 5000)), 1500);
};
watch();

// An upload shows how far it is, and a folder keeps the paths of its files.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const line = form.querySelector("[data-progress]");
  form.addEventListener("submit", (event) => {
    if (!line) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.addEventListener("progress", (done) => {
      line.hidden = false;
      const share = done.total ? done.loaded / done.total : 0;
      line.querySelector("rect").setAttribute("width", `${(share * 100).toFixed(1)}%`);
      line.querySelector("[data-share]").textContent = `${Math.floor(share * 100)} %`;
    });
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== location.href) location.assign(request.responseURL);
      else { document.open(); document.write(request.responseText); document.close(); }
    });
    request.addEventListener("error", () => { line.querySelector("[data-share]").textContent = line.dataset.failed; });
    request.send(new FormData(form));
  });
}
