// Shows the strip „There is no internet” while the device is offline, and says when the connection is back.
(() => {
  const strip = document.getElementById('connection')
  if (!strip) return
  const say = text => document.dispatchEvent(new CustomEvent('announce', { detail: { text } }))
  const show = () => {
    if (navigator.onLine === strip.hidden) return
    strip.hidden = navigator.onLine
    say(navigator.onLine ? document.getElementById('announcements').dataset.online : strip.innerText)
  }
  addEventListener('online', show)
  addEventListener('offline', show)
  show()
})()
