// The language buttons of a form send it as a whole page, past htmx: the menu and the page's language change with it.
// Without the internet they would leave the page for the browser's own: it says so instead, and keeps what was typed.
(() => {
  const wait = event => {
    event.preventDefault()
    event.stopPropagation()
    const words = document.getElementById('announcements').dataset.language
    document.dispatchEvent(new CustomEvent('problem', { detail: { words } }))
  }
  document.addEventListener('submit', event => {
    if (event.submitter?.name !== '_language') return
    if (navigator.onLine) event.stopPropagation()
    else wait(event)
  }, true)
  document.addEventListener('click', event => {
    if (!navigator.onLine && event.target.closest?.('.lang a')) wait(event)
  }, true)
})()
