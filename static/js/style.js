// For the style page alone: what a hand does to a component can be looked at without a hand. Every rule for :hover
// and :focus-visible gets a twin for .is-hovered and .is-focused, so that nothing here can be out of step.
const twin = (selector) => selector.replaceAll(":hover", ".is-hovered").replaceAll(":focus-visible", ".is-focused");

for (const sheet of document.styleSheets) {
  for (let place = sheet.cssRules.length - 1; place >= 0; place -= 1) {
    const rule = sheet.cssRules[place];
    if (rule.selectorText && twin(rule.selectorText) !== rule.selectorText) {
      sheet.insertRule(`${twin(rule.selectorText)} { ${rule.style.cssText} }`, place + 1);
    }
  }
}
