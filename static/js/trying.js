// A trial: a move changes the whole page under one's hands. What was folded stays folded; a focus that was swapped away goes to the
// state of the trial, a link to a role brings its screen into view.
(() => {
  const place = () => document.getElementById('state-h')
  htmx.registerExtension('trial', {
    htmx_before_morph_node: (old, { newNode }) => {
      if (old.tagName === 'DETAILS' && old.id && old.id === newNode.id) newNode.open = old.open
    }
  })
  document.addEventListener('htmx:after:swap', () => {
    if ((document.activeElement || document.body) === document.body) place()?.focus({ preventScroll: true })
  })
})()
