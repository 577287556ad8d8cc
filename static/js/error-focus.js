// The error summary takes focus, so that it is read first and its links are one Tab away.
document.querySelector("[data-error-summary]")?.focus();
