// A button with data-print (class js-only: without JavaScript it stays away) opens the print dialog.
document.documentElement.classList.add('js')
document.addEventListener('click', event => { if (event.target.closest('[data-print]')) window.print() })
