// Asks every two seconds whether the PDF is there, and opens it then: a page that reloads itself is read out each time
// anew. Without this script it does reload itself.
async function ask() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer && !answer.headers.has("Retry-After")) location.reload();
  else setTimeout(ask, 2000);
}

setTimeout(ask, 2000);
