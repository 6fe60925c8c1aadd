// A live screen: <div id="live" data-stream="…" data-screen="…">, in it one element with data-version. The stream only says that there
// is a newer version; the page then fetches its own screen and morphs it in. While the stream is silent the page asks every five
// seconds, otherwise every fifteen: that is also how the server knows who is there. Four parts: stream and screen, pieces, the swap, clocks
// and words. Of times the page shows <time data-until="ms" data-warn="at one minute" data-over="at the end"> and the case clock,
// <time data-case-from="ms" data-case-pace="case minutes a minute">; without these attributes a time stands still.
(() => {
  const live = document.getElementById('live')
  if (!live?.dataset.screen) return
  const strip = document.getElementById('connection')
  const version = () => Number((live.querySelector('[data-version]') || live).dataset.version ?? -1)
  const say = text => document.dispatchEvent(new CustomEvent('announce', { detail: { text } }))

  // ---- stream and screen ----
  let source; let heard = 0; let refusedUntil = 0 // of the stream
  let asked = 0; let took = 0; let patience = 1; let busy = false; let again = false; let waiting = 0; let failures = 0 // of the screen
  const streaming = () => source?.readyState === 1 && Date.now() - heard < 20e3
  const disconnect = pause => { source?.close(); source = null; refusedUntil = Date.now() + pause }
  const connect = () => {
    if (source || !window.EventSource || Date.now() < refusedUntil) return
    source = new EventSource(live.dataset.stream)
    heard = Date.now()
    source.onmessage = ({ data }) => {
      const [newest, now] = data.split(' ').map(Number)
      heard = Date.now()
      setClock(now)
      if (newest > version()) soon()
    }
    source.addEventListener('surplus', () => disconnect(document.hidden ? 3600e3 : 60e3))
    source.onerror = () => { if (source?.readyState === 2) disconnect(10e3 + Math.random() * 10e3) }
  }
  const soon = () => { // a page rests for as long as its last screen took to come, or twice as long: a busy server is asked less often
    const rest = asked + took * (2 + Math.random()) - Date.now()
    waiting ||= setTimeout(() => { waiting = 0; refresh() }, Math.max(0, rest))
  }
  const refresh = async () => {
    if (busy) { again = true; return }
    busy = true
    again = false
    asked = Date.now()
    patience = 0.8 + Math.random() * 0.4
    try {
      await fetchScreen()
      failures = 0
      if (navigator.onLine) strip.hidden = true
      document.dispatchEvent(new CustomEvent('reached'))
    } catch {
      if (++failures > 1 && !streaming() && strip.hidden) { strip.hidden = false; say(strip.innerText) }
    }
    took = Math.min(Date.now() - asked, 600)
    busy = false
    if (again) soon()
  }
  const fetchScreen = async () => {
    const before = version()
    const address = new URL(live.dataset.screen, location)
    address.searchParams.set('seen', before)
    address.searchParams.set('has', has())
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 10e3)
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' }, redirect: 'manual', signal: abort.signal })
    const text = await answer.text()
    const screen = answer.status === 200 && version() === before && filled(text)
    if (screen) return swap(screen)
    if (answer.status === 200) { again = true; return } // one's own move was faster, or a piece is missing
    if (answer.status === 204) return
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status)
    if (performance.now() > 10e3) location.reload() // moved, or no longer ours: the page itself says so
  }
  const wakeUp = () => { if (!streaming()) disconnect(0); refusedUntil = 0; connect(); refresh() }
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wakeUp() })
  document.addEventListener('sent', refresh)
  addEventListener('online', wakeUp)
  addEventListener('pageshow', event => { if (event.persisted) wakeUp() })
  addEventListener('pagehide', () => disconnect(0))
  setInterval(() => {
    if (source && Date.now() - heard > 35e3) disconnect(0)
    connect()
    showTimes()
    if (!busy && Date.now() - asked > (streaming() ? 15e3 : 5e3) * patience) refresh()
  }, 500)

  // ---- pieces: <i data-same="mark"> in a screen is the gap for the page's own [data-piece="mark"], which it said that it has ----
  let missed = false // a piece was not there: from now on whole screens
  const has = () => missed ? '' : [...live.querySelectorAll('[data-piece]')].map(piece => piece.dataset.piece).join('.')
  const filled = text => {
    const screen = document.createElement('template')
    screen.innerHTML = text
    for (const gap of screen.content.querySelectorAll('[data-same]')) {
      const own = live.querySelector(`[data-piece="${gap.dataset.same}"]`)
      if (own) gap.replaceWith(own.cloneNode(true))
      else missed = true
    }
    return !screen.content.querySelector('[data-same]') && screen.innerHTML
  }

  // ---- the swap: what is open, chosen or in focus stays so; nothing is swapped under somebody who is typing ----
  const TEXT = 'textarea, input:not([type=radio], [type=checkbox])'
  const typing = () => live.contains(document.activeElement) && document.activeElement.matches(TEXT)
  let path = []; let held = false
  const swap = text => {
    held = typing()
    return held || htmx.swap({ sourceElement: live, target: live, swap: 'innerMorph', text })
  }
  live.addEventListener('focusout', () => { if (held) setTimeout(refresh) })
  htmx.registerExtension('live', {
    htmx_before_morph_node: (old, { newNode }) => {
      if (old.tagName === 'DETAILS' && old.id && old.id === newNode.id) newNode.open = old.open
      if (/^(radio|checkbox)$/.test(old.type) && (old.name !== newNode.name || old.value !== newNode.value)) old.checked = newNode.checked
    }
  })
  document.addEventListener('htmx:before:swap', () => {
    path = []
    for (let place = document.activeElement; live.contains(place); place = place.parentElement) if (place.id) path.push(place.id)
  })
  document.addEventListener('htmx:after:swap', () => {
    if (path.length && (document.activeElement || document.body) === document.body) {
      const place = path.map(id => document.getElementById(id)).find(Boolean)
      const goal = place?.id === path[0] ? place : place?.querySelector('h1, h2, h3') || place
      if (goal && !goal.matches('a[href], button, input, select, textarea, summary, [tabindex]')) goal.tabIndex = -1
      goal?.focus({ preventScroll: true })
    }
    showTimes()
    announce(true)
  })

  // ---- clocks go by the server's time; words are said once, at most every five seconds ----
  let ahead = null
  const setClock = now => { // a message may be late, never early: the largest difference is the true one
    const found = now - Date.now()
    if (ahead === null || found > ahead || found < ahead - 10e3) ahead = found
  }
  const two = number => String(number).padStart(2, '0')
  const write = (place, text) => { if (place.textContent !== text) place.textContent = text }
  const said = new Set(); let words = []; let pause = 0
  const announce = aloud => {
    for (const place of live.querySelectorAll('[data-announce]')) once(place.id + place.dataset.announce, place.dataset.announce, aloud)
  }
  const once = (key, text, aloud) => {
    if (!text || said.has(key)) return
    said.add(key)
    if (aloud) { words.push(text); speak() }
  }
  const speak = () => {
    if (pause || !words.length) return
    say(words.join(' '))
    words = []
    pause = setTimeout(() => { pause = 0; speak() }, 5e3)
  }
  function showTimes () {
    const now = Date.now() + (ahead || 0)
    for (const place of document.querySelectorAll('time[data-until]')) {
      const { until, warn, over } = place.dataset
      const left = Math.max(0, Math.ceil((until - now) / 1e3))
      write(place, `${two(Math.floor(left / 60))}:${two(left % 60)}`)
      if (left <= 60) once(until + warn, warn, left > 0)
      if (!left) once(until + over, over, true)
    }
    for (const place of document.querySelectorAll('time[data-case-from]')) {
      const minutes = Math.max(0, Math.floor((now - place.dataset.caseFrom) / 60e3 * place.dataset.casePace))
      write(place, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`)
    }
  }

  announce(false) // what stood there when the page was opened is read with the page
  connect()
  showTimes()
  asked = Date.now()
})()
