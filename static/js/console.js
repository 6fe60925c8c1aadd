// The facilitator's words beside the live console: once a button was carried out, they are gone, so that they are not sent again.
(() => {
  const form = document.getElementById('words')
  if (!form) return
  document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx?.sourceElement !== form || !ctx.response || ctx.response.status >= 400) return
    form.reset()
    document.dispatchEvent(new CustomEvent('announce', { detail: { text: form.dataset.sent } }))
  })
})()
