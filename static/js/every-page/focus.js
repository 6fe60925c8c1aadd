// After a person's own step (a sent form, a followed link) the focus goes to what is new. A push from the server never moves it.
(() => {
  const OWN_STEPS = ['submit', 'click', 'change']
  const goTo = place => {
    if (!place) return
    if (!place.matches('a[href],button,input,select,textarea,[tabindex]')) place.tabIndex = -1
    place.focus({ preventScroll: true })
    place.scrollIntoView({ block: 'nearest' })
  }
  document.addEventListener('htmx:after:swap', event => {
    const { ctx } = event.detail
    const step = ctx.sourceEvent?.type
    if (ctx.swap === 'none' || !OWN_STEPS.includes(step)) return
    const target = ctx.target instanceof Element && ctx.target.isConnected ? ctx.target : document.getElementById('main')
    // a changed filter keeps the focus; only what asks for it by name takes it
    goTo(target.querySelector('.summary') || target.querySelector('[data-focus]') || (step !== 'change' && target.querySelector('h1')))
  })
  // a page that came back with errors, without htmx
  goTo(document.querySelector('.summary'))
  // a link in the error summary goes to the field, and the label stays in view
  document.addEventListener('click', event => {
    const field = document.querySelector('.summary')?.contains(event.target) &&
      document.getElementById((event.target.closest('a')?.hash || '').slice(1))
    if (!field) return
    event.preventDefault()
    const block = field.closest('fieldset, .field') || field
    block.scrollIntoView({ block: 'start' })
    field.focus({ preventScroll: true })
  })
})()
