// Says things to people who listen to the page: an `announce` event with detail.text (or detail.value, as the
// HX-Trigger header {"announce": "Saved"} sends it), or newly swapped elements with data-announce
// (not those of a live screen, which says them in its own time).
(() => {
  const region = document.getElementById('announcements')
  if (!region) return
  let waiting
  const say = text => {
    if (!text) return
    region.textContent = ''
    clearTimeout(waiting)
    // an emptied region and a short pause: the same sentence twice is then heard twice
    waiting = setTimeout(() => { region.textContent = text }, 150)
  }
  document.addEventListener('announce', event => say(event.detail?.text || event.detail?.value))
  document.addEventListener('htmx:after:swap', () => {
    for (const place of document.querySelectorAll('[data-announce]:not([data-stream] *)')) {
      say(place.dataset.announce)
      place.removeAttribute('data-announce')
    }
  })
})()
