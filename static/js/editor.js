// The editor: sends only what was changed, tries again while there is no network, warns before a page is left with words that are not
// saved, and opens what an address leads to.
(() => {
  const form = document.getElementById('form')
  if (!form) return
  const value = field => /checkbox|radio/.test(field.type) ? field.checked : field.value
  const mine = () => [...form.elements].filter(field => field.name && !field.name.startsWith('was:') && !/submit|button|hidden/.test(field.type))
  const saved = new Map(mine().map(field => [field, value(field)]))
  const whole = field => field.name.split('::')[0]
  const changed = () => mine().filter(field => value(field) !== saved.get(field))
  let sent = new Map()

  form.addEventListener('htmx:config:request', event => {
    const { body } = event.detail.ctx.request
    const names = new Set(changed().map(whole))
    sent = new Map(mine().filter(field => names.has(whole(field))).map(field => [field, value(field)]))
    for (const field of mine()) if (!names.has(whole(field))) { body.delete(field.name); body.delete(`was:${whole(field)}`) }
  })
  const say = name => document.getElementById('state').replaceChildren(document.getElementById(name).content.cloneNode(true))
  const again = () => { if (changed().length) form.dispatchEvent(new Event('change', { bubbles: true })) }
  let waiting
  const later = () => { say('not-saved'); clearTimeout(waiting); waiting = setTimeout(again, 5000) }
  form.addEventListener('htmx:after:request', event => {
    if (event.detail.ctx.response.status >= 400) return later()
    sent.forEach((was, field) => saved.set(field, was))
  })
  document.addEventListener('htmx:error', event => { if (event.detail.ctx?.sourceElement === form && !event.detail.ctx.response) later() })
  addEventListener('online', again)
  form.addEventListener('input', event => {
    say('saving')
    const member = event.target.closest('details.member') // it is called by its first text in the language of the page
    const first = member?.querySelector(`.member__b [lang|=${document.documentElement.lang.slice(0, 2)}]`)
    if (first === event.target && first.value.trim()) member.querySelector('[data-title]').textContent = first.value.trim().slice(0, 70)
  })
  // After the answer: a name that was chosen is a tick now, new ticks are as saved, and what waits for a choice is said again.
  document.addEventListener('htmx:after:swap', () => {
    for (const field of sent.keys()) if (field.id.endsWith('-more') && field.isConnected) { field.value = ''; saved.set(field, '') }
    for (const field of mine()) if (!saved.has(field)) saved.set(field, value(field))
    if (form.querySelector('.err, .theirs')) say('not-all')
  })
  // A link that is followed before the pause for saving is over: the form is saved on the way.
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]')
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.origin !== location.origin) return
    if (!changed().length || link.pathname + link.search === location.pathname + location.search) return
    event.preventDefault()
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'next', value: link.pathname + link.search + link.hash }))
    form.requestSubmit()
  })
  let leaving = false
  addEventListener('submit', event => {  // before anybody else: a switch of language is kept from others
    if (event.target !== form) return
    leaving = true
    setTimeout(() => { leaving = !event.defaultPrevented })
  }, true)
  addEventListener('beforeunload', event => { if (!leaving && (changed().length || form.querySelector('.err, .theirs'))) event.preventDefault() })

  // An address with a place in it: what is folded round it opens, and the first field in it is ready for typing.
  const show = () => {
    const [id, member] = [location.hash.slice(1), location.hash.slice(1).replace(/-(up|down)$/, '')] // a button that is gone: its line
    const place = id && (document.getElementById(id) || document.getElementById(member))
    if (!place) return
    for (let around = place; around; around = around.parentElement?.closest('details')) if (around.tagName === 'DETAILS') around.open = true
    const around = place.tagName === 'H1' ? form : place
    const field = place.matches('input,textarea,select,button') ? place : around.querySelector('input:not([type=hidden]),textarea,select') || around.querySelector('[name=do]')
    place.scrollIntoView({ block: 'center' })
    field?.focus({ preventScroll: true })
  }
  const outline = document.querySelector('.ed__fold')
  if (innerWidth < 1024) outline.open = false // a phone begins with the form
  else outline.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
  // What stands in a list can be dragged by its handle; the buttons beside it do the same.
  let dragged
  const places = member => [...member.parentElement.querySelectorAll(':scope > [data-member]')]
  const over = event => dragged && event.target.closest?.('[data-member]')
  const unmark = () => document.querySelectorAll('.is-drop').forEach(place => place.classList.remove('is-drop'))
  form.addEventListener('dragstart', event => {
    const handle = event.target.closest('[data-drag]')
    if (!handle) return
    dragged = { member: handle.closest('[data-member]'), address: handle.dataset.drag }
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', '')
    event.dataTransfer.setDragImage(dragged.member, 10, 10)
  })
  form.addEventListener('dragover', event => {
    const member = over(event)
    if (!member || member.parentElement !== dragged.member.parentElement) return
    event.preventDefault()
    unmark()
    if (member !== dragged.member) member.classList.add('is-drop')
  })
  form.addEventListener('drop', event => {
    const member = over(event)
    if (!member || member.parentElement !== dragged.member.parentElement) return
    event.preventDefault()
    const all = places(member)
    const by = all.indexOf(member) - all.indexOf(dragged.member)
    if (!by) return
    const button = Object.assign(document.createElement('button'), { type: 'submit', name: 'do', value: `by:${dragged.address}:${by}`, hidden: true })
    form.append(button)
    form.requestSubmit(button)
  })
  form.addEventListener('dragend', () => { dragged = null; unmark() })

  addEventListener('hashchange', show)
  addEventListener('load', () => setTimeout(show)) // later than the browser's own jump there, which takes the focus away
})()
