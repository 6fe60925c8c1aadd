// The facilitator's words beside the live console: once a button was carried out, they are gone, so that they are not sent again;
// gone with the first button is also what was said when the page was opened („groups were made”).
(() => {
  const form = document.getElementById('words')
  if (!form) return
  document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (!ctx?.response || ctx.response.status >= 400) return
    document.querySelector('.flashes')?.remove()
    if (ctx.sourceElement !== form) return
    form.reset()
    document.dispatchEvent(new CustomEvent('announce', { detail: { text: form.dataset.sent } }))
  })
})()
