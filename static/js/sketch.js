// The sketch of a case: Enter goes on to the next field (a half-written sketch is easily sent by mistake), and where a role or a scene is
// chosen, it is called as it was named above.
(() => {
  const form = document.getElementById('sketch')
  form.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.target.tagName !== 'INPUT' || event.isComposing) return
    event.preventDefault()
    const fields = [...form.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(field => field.offsetParent)
    fields[fields.indexOf(event.target) + 1]?.focus()
  })
  const call = ({ name, value }) => {
    const [, part, number] = name.match(/^(role|scene)_(\d+)_(?:name|title)$/) || []
    const option = part && form.elements[`handoff_${part}`].querySelector(`[value="${number}"]`)
    if (option) option.textContent = option.textContent.split(':')[0] + (value.trim() && `: ${value.trim()}`)
  }
  form.addEventListener('input', event => call(event.target))
  for (const field of form.elements) call(field)
})()
