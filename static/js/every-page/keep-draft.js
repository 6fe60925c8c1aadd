// Keeps what is typed into forms with data-keep against a reload, a lost connection and a switch of language. In this tab only
// (sessionStorage), never passwords, never in forms with data-private, and no longer than until the form was accepted;
// a form with data-forget (signing out) clears everything, moves that wait for the network too: the next person may use the same phone.
(() => {
  const SKIP = 'input[type=password],input[type=hidden],input[type=file],input[type=submit],button'
  const name = form => `draft:${location.pathname}:${form.dataset.keep || form.id}`
  const fields = form => [...form.elements].filter(field => field.name && !field.matches(SKIP))
  const store = (form, more = {}) => {
    const values = fields(form).map(field =>
      [field.name, /checkbox|radio/.test(field.type) ? field.checked && field.value : field.value])
    sessionStorage.setItem(name(form), JSON.stringify({ values, ...more }))
  }
  const fill = (form, values) => fields(form).forEach((field, place) => {
    const [known, value] = values[place] || []
    if (known !== field.name) return
    if (/checkbox|radio/.test(field.type)) field.checked = value === field.value
    else if (!field.value || field.value === field.defaultValue) field.value = value
  })
  const restore = form => {
    const kept = JSON.parse(sessionStorage.getItem(name(form)) || 'null')
    if (!kept) return
    const came = performance.getEntriesByType('navigation')[0]?.type
    // sent, and here is the form anew, by itself and without errors: it was accepted
    if (kept.sent && came === 'navigate' && !document.querySelector('.summary')) sessionStorage.removeItem(name(form))
    else fill(form, kept.values)
  }
  const mine = target => {
    const form = target?.closest?.('form[data-keep]')
    return form && !('private' in form.dataset) ? form : null
  }
  const forgetElsewhere = () => {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith('draft:') || key.startsWith(`draft:${location.pathname}:`)) continue
      if (JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key) // sent, and we are past it
    }
  }
  // The page that says „send it once more”: nothing was accepted, so nothing is forgotten until it is sent again from there.
  const unsent = sent => {
    for (const key of Object.keys(sessionStorage).filter(key => key.startsWith('draft:')))
      sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), sent }))
  }
  document.addEventListener('input', event => { const form = mine(event.target); if (form) store(form) })
  document.addEventListener('submit', event => {
    if ('forget' in event.target.dataset) {
      Object.keys(localStorage).filter(key => key.startsWith('move:')).forEach(key => localStorage.removeItem(key))
      return sessionStorage.clear()
    }
    if ('resend' in event.target.dataset) unsent(true)
    const form = mine(event.target)
    if (form) store(form, { sent: event.submitter?.name !== '_language' })
  }, true)
  document.addEventListener('htmx:after:request', event => {
    const form = mine(event.detail.ctx.sourceElement)
    if (form && event.detail.ctx.response.status < 400) sessionStorage.removeItem(name(form))
  })
  if (document.querySelector('[data-unsent]')) unsent(false)
  else forgetElsewhere()
  document.querySelectorAll('form[data-keep]').forEach(form => { if (mine(form)) restore(form) })
})()
