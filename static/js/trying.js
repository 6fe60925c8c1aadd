// A trial: a move changes the whole page under one's hands. What was folded stays folded; a focus that was swapped away goes to the
// state of the trial, a link to a role brings its screen into view. A new scene is read from its beginning.
(() => {
  const place = () => document.getElementById('state-h')
  htmx.registerExtension('trial', {
    htmx_before_morph_node: (old, { newNode }) => {
      if (old.tagName === 'DETAILS' && old.id && old.id === newNode.id) newNode.open = old.open
    }
  })
  const stage = () => document.querySelector('.try')?.dataset.stage
  let seen = stage()
  document.addEventListener('htmx:after:swap', () => {
    if (seen !== (seen = stage())) document.querySelectorAll('.try__screen').forEach(screen => { screen.scrollTop = 0 })
    if ((document.activeElement || document.body) === document.body) place()?.focus({ preventScroll: true })
  })
})()
