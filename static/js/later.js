// Moves that cannot be sent now: a form with data-later (id, hx-post) is kept on this device and sent when the server is reached again,
// once: what it does is the same however often it arrives. Kept under data-seat of the live screen, so that nobody sends from a seat
// that is no longer theirs; wiped after 48 hours and by signing out (keep-draft.js). In the form [data-waiting] says that it waits, and so does a control with data-waits-for (its id).
(() => {
  const live = document.getElementById('live')
  if (!live) return
  const PREFIX = 'move:'
  const HOURS_48 = 48 * 3600e3
  const seat = `${PREFIX}${live.dataset.seat || live.dataset.screen}:`
  const read = key => { try { return JSON.parse(localStorage.getItem(key)) } catch { return null } }
  const keys = start => { try { return Object.keys(localStorage).filter(key => key.startsWith(start)) } catch { return [] } }
  const forget = key => { try { localStorage.removeItem(key) } catch { /* nothing was there */ } }
  const newToken = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
  keys(PREFIX).forEach(key => { if (!(Date.now() - read(key)?.made < HOURS_48)) forget(key) })

  const show = () => document.querySelectorAll('form[data-later]').forEach(form => {
    const mark = form.querySelector('[data-waiting]')
    const waits = !!read(seat + form.id)
    if (mark && mark.hidden === waits) mark.hidden = !waits
    document.querySelectorAll(`[data-waits-for="${form.id}"]`).forEach(control => {
      control.querySelector('[data-usual]').hidden = waits
      control.querySelector('[data-instead]').hidden = !waits
    })
  })
  const keep = (form, { action, body }) => {
    try {
      localStorage.setItem(seat + form.id, JSON.stringify({ action, body: body.toString(), made: Date.now() }))
    } catch { return false } // a private window keeps nothing: the form says itself that it was not sent
    if (form.elements.token) form.elements.token.value = newToken() // another choice meanwhile is another move
    show()
    const mark = form.querySelector('[data-waiting]')
    document.dispatchEvent(new CustomEvent('announce', { detail: { text: mark?.textContent.trim() } }))
    return true
  }
  // What problem.js would show beside the form is said by the mark instead.
  const tried = event => {
    const { ctx } = event.detail
    const form = ctx?.sourceElement?.closest?.('form[data-later]')
    if (!form) return
    if (ctx.response && ctx.response.status < 500) { forget(seat + form.id); return show() }
    if (!keep(form, ctx.request)) return
    ctx.swap = 'none'
    event.stopImmediatePropagation()
  }
  addEventListener('htmx:error', tried, true)
  addEventListener('htmx:after:request', tried, true)

  const token = () => { try { return JSON.parse(document.body.getAttribute('hx-headers:inherited'))['X-CSRFToken'] } catch { return '' } }
  const deliver = async key => {
    const { action, body } = read(key)
    const headers = { 'HX-Request': 'true', 'X-CSRFToken': token(), 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await fetch(action, { method: 'POST', headers, body, redirect: 'manual' })
    const text = await answer.text()
    if (!answer.ok && (answer.status < 400 || answer.status === 400 || answer.status === 429 || answer.status >= 500)) return // it waits on
    if (read(key)?.body === body) forget(key)
    document.dispatchEvent(new CustomEvent('sent', { detail: { form: key.slice(seat.length), taken: answer.ok } })) // live.js fetches the screen
    if (answer.ok) return
    const words = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-problem]')
    document.dispatchEvent(new CustomEvent('problem', { detail: { words: words && document.adoptNode(words) } }))
  }
  let sending
  const send = () => {
    const all = async () => { for (const key of keys(seat)) await deliver(key) }
    sending ||= all().catch(() => {}).finally(() => { sending = null; show() })
  }
  document.addEventListener('reached', send)
  addEventListener('online', send)
  document.addEventListener('htmx:after:swap', show)
  show()
  send()
})()
