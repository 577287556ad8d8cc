/* Passkeys: shows what only works where the browser knows them, and says in words when one was refused. */
(function () {
  const known = "PublicKeyCredential" in window;
  for (const part of document.querySelectorAll(known ? "[data-passkeys]" : "[data-no-passkeys]")) {
    part.hidden = false;
  }
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    for (const line of document.querySelectorAll("[data-passkey-trouble]")) {
      line.hidden = false;
    }
  });
})();
