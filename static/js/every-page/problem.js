// An answer that is a refusal or a fault never replaces what was typed: its words appear beside the form that was sent, or above a
// live screen, which would take them away with its next change. A `problem` event (detail.words) shows words of other scripts.
(() => {
  const OWN_STEPS = ['submit', 'click', 'change'] // what a page asks for by itself fails quietly and is asked again
  const clear = () => document.querySelectorAll('.js-problem').forEach(old => old.remove())
  const show = (source, words) => {
    if (source?.closest?.('[data-quiet]')) return // it says by itself what became of what was typed
    clear()
    const notice = document.createElement('div')
    notice.className = 'notice notice--risk js-problem'
    notice.setAttribute('role', 'alert')
    const form = source?.closest?.('form')
    const place = form && !form.closest('[data-stream]') ? form : document.getElementById('main')
    if (place.tagName === 'FORM') place.append(notice)
    else place.prepend(notice)
    notice.append(words) // after the empty alert is in the page, so that it is read out
    notice.scrollIntoView({ block: 'nearest' })
  }
  const ready = id => document.getElementById(id).content.cloneNode(true)
  const fromAnswer = text => {
    const words = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-problem]')
    return words && document.adoptNode(words)
  }
  document.addEventListener('problem', event => show(null, event.detail.words || ready('problem')))
  document.addEventListener('htmx:after:request', event => {
    const { ctx } = event.detail
    if (ctx.response.status < 400) return OWN_STEPS.includes(ctx.sourceEvent?.type) && clear()
    const words = fromAnswer(ctx.text)
    if (!words && ctx.response.status === 422) return // the form again, with its errors
    ctx.swap = 'none'
    if (OWN_STEPS.includes(ctx.sourceEvent?.type)) show(ctx.sourceElement, words || ready('problem'))
  })
  document.addEventListener('htmx:error', event => {
    const { ctx } = event.detail
    if (ctx && !ctx.response && OWN_STEPS.includes(ctx.sourceEvent?.type)) show(ctx.sourceElement, ready('unreachable'))
  })
})()
