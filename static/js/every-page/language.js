// The language buttons of a form send it as a whole page, past htmx: the menu and the page's language change with it.
document.addEventListener('submit', event => { if (event.submitter?.name === '_language') event.stopPropagation() }, true)
