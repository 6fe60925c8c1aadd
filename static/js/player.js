// A player's page beside the live screen: what is new among the messages, the forms for passing on, characters left in a note.
(() => {
  const live = document.getElementById('live')
  if (!live) return

  // ---- messages that came since the page was opened are new until they have been on the screen for a few seconds ----
  const known = new Set(); const unread = new Set()
  const messages = () => [...live.querySelectorAll('[data-message]')]
  let watching
  const watch = window.IntersectionObserver && new IntersectionObserver(entries => {
    clearTimeout(watching)
    if (entries.some(entry => entry.isIntersecting)) watching = setTimeout(() => { unread.clear(); count() }, 4e3)
  })
  const count = () => live.querySelectorAll('[data-unread]').forEach(badge => {
    badge.textContent = unread.size
    badge.hidden = !unread.size
  })
  const mark = first => {
    for (const message of messages()) {
      if (!known.has(message.id) && !first) unread.add(message.id)
      known.add(message.id)
      if (unread.has(message.id)) message.classList.add('msg--new')
    }
    count()
    watch?.disconnect()
    const newest = messages().at(-1)
    if (newest && unread.size) watch?.observe(newest)
  }

  // ---- forms for passing on: fetched when others are offered; one that is being filled in stays where it is ----
  const forms = () => document.getElementById('handoffs')
  let fetching = null
  const offer = async () => {
    const offered = live.querySelector('[data-offers]')?.dataset.offers ?? ''
    if (!forms() || offered === forms().dataset.offers || offered === fetching) return
    fetching = offered
    try {
      const answer = await fetch(forms().dataset.from, { headers: { 'HX-Request': 'true' }, redirect: 'manual' })
      if (answer.ok) merge(new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('handoffs'))
    } catch { /* the next change asks again */ }
    fetching = null
  }
  const merge = fresh => {
    const now = forms()
    for (const form of [...now.querySelectorAll('form')]) if (!fresh.querySelector(`#${CSS.escape(form.id)}`)) form.remove()
    for (const form of fresh.querySelectorAll('form')) {
      if (document.getElementById(form.id)) continue
      now.append(document.adoptNode(form))
      htmx.process(form)
    }
    now.dataset.offers = fresh.dataset.offers
    now.hidden = !fresh.dataset.offers
  }

  document.addEventListener('input', ({ target }) => {
    const words = target.maxLength > 0 && document.querySelector(`[data-count="${target.id}"]`)
    if (words) words.textContent = `${target.value.length} / ${target.maxLength}`
  })
  // Stepping out stands at the end of the page, while there is a table to step away from.
  const out = document.getElementById('out')
  const mayStepOut = () => { if (out) out.hidden = !live.querySelector('[data-out]') }

  document.addEventListener('htmx:after:swap', () => { mark(false); offer(); mayStepOut() })
  mark(true)
})()
