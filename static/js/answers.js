// Tests and follow-ups: every answer is saved as it is chosen. It is first put down on this device (localStorage), then
// sent under a token of its own, so that sent twice it is stored once; what the server has taken is wiped at once. Without
// a network the pages still turn and answers wait. Signing out wipes everything, and so do 48 hours. The anonymous
// evaluation never comes here. In three parts: what waits on this device, sending it, the page with the questions.
(() => {
  const HOURS_48 = 48 * 3600e3
  const PREFIX = 'answers:'

  // ---- what waits on this device: {url, mark, made, items: {key: {values, version, token, sent: [tokens], held}}} ----
  const memory = {} // where the browser keeps nothing, as in some private windows
  const store = {
    get: key => { try { return JSON.parse(localStorage.getItem(key)) || memory[key] } catch { return memory[key] } },
    set: (key, entry) => { memory[key] = entry; try { localStorage.setItem(key, JSON.stringify(entry)) } catch { /* memory has it */ } },
    remove: key => { delete memory[key]; try { localStorage.removeItem(key) } catch { /* nothing was there */ } },
    keys: () => { try { return Object.keys({ ...localStorage, ...memory }).filter(key => key.startsWith(PREFIX)) } catch { return Object.keys(memory) } }
  }
  const newToken = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const entryOf = mark => store.get(PREFIX + mark) || { mark, items: {} }
  const waiting = mark => Object.keys(entryOf(mark).items).length
  const change = (mark, edit) => {
    const entry = entryOf(mark)
    edit(entry)
    if (Object.keys(entry.items).length) store.set(PREFIX + mark, entry)
    else store.remove(PREFIX + mark)
  }
  const keep = (mark, url, key, values, version) => change(mark, entry => {
    const sent = entry.items[key]?.sent || []
    entry.items[key] = { values, version, token: newToken(), sent }
    Object.assign(entry, { url, made: Date.now() })
  })
  store.keys().forEach(key => { if (!(Date.now() - store.get(key)?.made < HOURS_48)) store.remove(key) })
  document.addEventListener('submit', event => {
    if ('forget' in event.target.dataset) store.keys().forEach(store.remove)
  })

  // ---- sending: one answer at a time, again after a while when it fails, each device at its own moment ----
  const listeners = []
  const tell = (what, detail = {}) => listeners.forEach(listener => listener(what, detail))
  const token = () => { try { return JSON.parse(document.body.getAttribute('hx-headers:inherited'))['X-CSRFToken'] } catch { return '' } }
  const post = (entry, key, item) => {
    const body = new URLSearchParams({ mark: entry.mark, [`version.${key}`]: item.version, [`token.${key}`]: item.token })
    item.values.forEach(value => body.append(key, value))
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 15000)
    const headers = { 'HX-Request': 'true', 'X-CSRFToken': token() }
    return fetch(entry.url, { method: 'POST', body, headers, redirect: 'manual', keepalive: true, signal: abort.signal })
  }
  const parse = text => new DOMParser().parseFromString(text, 'text/html').body
  let running, timer, failures = 0
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(flush, Math.min(30000, 1500 * 2 ** failures++) * (0.5 + Math.random()))
  }
  const taken = (mark, key, item, version) => {
    change(mark, entry => {
      const now = entry.items[key]
      if (now?.token === item.token) delete entry.items[key]
      else if (now) now.version = version // changed meanwhile: made from what was just stored
    })
    failures = 0
  }
  // Sends one answer; true when the next may follow, false when it has to wait.
  const deliver = async (entry, key, item) => {
    const { mark } = entry
    change(mark, now => now.items[key]?.sent.push(item.token))
    const answer = await post(entry, key, item)
    if (answer.type === 'opaqueredirect') return tell('rejoin')
    if (answer.status === 400) return tell('reload')
    const page = parse(await answer.text())
    if (answer.ok) {
      const saved = page.firstElementChild
      const version = JSON.parse(saved.dataset.versions || '{}')[key]
      taken(mark, key, item, version)
      tell('saved', { mark, key, version, saved })
      return true
    }
    if (answer.status !== 409 && answer.status !== 422) throw new Error(answer.status)
    return refused(mark, key, item, page)
  }
  const refused = (mark, key, item, page) => {
    const newer = page.querySelector('[data-version]')
    if (newer && entryOf(mark).items[key]?.sent.includes(newer.dataset.token)) {
      // it was stored, only the receipt was lost; what was chosen since builds on it
      change(mark, entry => { entry.items[key].version = Number(newer.dataset.version) })
      return true
    }
    change(mark, entry => { if (entry.items[key]) entry.items[key].held = true })
    tell('refused', { mark, key, final: !!page.querySelector('[data-final]'), words: page.firstElementChild })
    return true
  }
  const round = async () => {
    for (const place of store.keys()) {
      for (;;) {
        const entry = store.get(place)
        const [key, item] = Object.entries(entry?.items || {}).find(([, one]) => !one.held) || []
        if (!key) break
        if (!await deliver(entry, key, item)) return
      }
    }
  }
  function flush () {
    running ||= round().catch(() => { tell('waiting'); later() }).finally(() => { running = null })
    return running
  }
  addEventListener('online', () => { failures = 0; clearTimeout(timer); timer = setTimeout(flush, Math.random() * 3000) })
  addEventListener('pageshow', event => { if (event.persisted) flush() })

  // ---- pages after the questions ----
  const received = document.querySelector('[data-received]')
  if (received) store.remove(PREFIX + received.dataset.received)
  const say = text => document.dispatchEvent(new CustomEvent('announce', { detail: { text } }))
  document.querySelector('form[data-submit]')?.addEventListener('submit', async event => {
    const { target } = event
    if (!waiting(target.dataset.submit)) return
    event.preventDefault()
    await flush()
    if (!waiting(target.dataset.submit)) return target.submit()
    const notice = target.querySelector('[data-stay]')
    notice.hidden = false
    say(notice.textContent)
  })

  // ---- the page with the questions ----
  const form = document.querySelector('form[data-answers]')
  if (form) questionPage(form)
  store.keys().forEach(key => change(key.slice(PREFIX.length), entry => Object.values(entry.items).forEach(item => { delete item.held })))
  flush()

  function questionPage (form) {
    const { mark } = form.dataset
    const words = form.dataset
    const all = [...form.querySelectorAll('[data-item]')]
    const of = key => all.find(fieldset => fieldset.dataset.item === key)
    const inputs = fieldset => [...fieldset.querySelectorAll('input, textarea')].filter(field => field.name === fieldset.dataset.item)
    const values = fieldset => inputs(fieldset)
      .filter(field => !/radio|checkbox/.test(field.type) || field.checked).map(field => field.value).filter(value => value !== '')
    const version = fieldset => fieldset.querySelector('[name^="version."]')
    const trouble = fieldset => fieldset.querySelector('[data-trouble]')
    const fill = (fieldset, wanted) => inputs(fieldset).forEach(field => {
      if (/radio|checkbox/.test(field.type)) field.checked = wanted.includes(field.value)
      else field.value = wanted.join('\n')
    })
    const last = new Map(all.map(fieldset => [fieldset, JSON.stringify(values(fieldset))]))
    let place = Number(form.elements.place.value)
    let typing

    const savedMark = () => document.getElementById('saved')
    const showMark = (text, kind) => {
      const fresh = document.getElementById('waiting').content.firstElementChild.cloneNode(true)
      fresh.querySelector('span').textContent = text
      fresh.classList.toggle('saved--wait', kind === 'wait')
      savedMark().replaceWith(fresh)
    }
    const showWaiting = () => {
      const number = waiting(mark)
      if (!number) return
      const text = words[new Intl.PluralRules(document.documentElement.lang).select(number)] || words.other
      showMark(text.replace('{n}', number), 'wait')
    }

    const warn = name => {
      const notice = document.getElementById(name)
      notice.hidden = false
      say(notice.textContent)
    }

    const hold = fieldset => { // what was chosen goes on this device first
      const now = values(fieldset)
      if (JSON.stringify(now) === last.get(fieldset)) return
      last.set(fieldset, JSON.stringify(now))
      const { item } = fieldset.dataset
      const queued = entryOf(mark).items[item]
      keep(mark, form.getAttribute('action'), item, now, queued ? queued.version : Number(version(fieldset).value))
      trouble(fieldset).textContent = ''
      if (!navigator.onLine) showWaiting()
    }
    const choose = (fieldset, whose) => { // between this answer and the one of another window
      const newer = trouble(fieldset).querySelector('[data-version]')
      version(fieldset).value = newer.dataset.version
      change(mark, entry => { delete entry.items[fieldset.dataset.item] })
      if (whose === 'stored') {
        fill(fieldset, JSON.parse(newer.dataset.stored))
        last.set(fieldset, JSON.stringify(values(fieldset)))
      } else {
        last.set(fieldset, '')
        hold(fieldset)
      }
      trouble(fieldset).textContent = ''
      flush()
    }

    const show = (next, push) => {
      place = next
      form.elements.place.value = place
      all.forEach((fieldset, index) => { fieldset.hidden = fieldset.disabled = index + 1 !== place })
      const shown = all[place - 1]
      document.querySelector('[data-number]').textContent = place
      document.querySelectorAll('[data-steps] li').forEach((step, index) => {
        step.className = index + 1 === place ? 'is-now' : values(all[index]).length ? 'is-done' : ''
      })
      const onward = form.querySelector('[data-label]')
      onward.textContent = place < all.length ? onward.dataset.label : onward.dataset.last
      document.title = document.title.replace(/^.* – (?=[^–]* – [^–]*$)/, words.count.replace('{place}', place) + ' – ')
      if (push) history.pushState({ place }, '', shown.dataset.address)
      scrollTo(0, 0)
      shown.querySelector('h1').focus({ preventScroll: true })
    }
    const leave = async () => { // to the page before sending: only when nothing is left on this device
      await flush()
      if (!waiting(mark)) { location.href = words.summary; return }
      const held = Object.keys(entryOf(mark).items).map(of).find(fieldset => trouble(fieldset)?.firstElementChild)
      if (held && place) show(all.indexOf(held) + 1, true)
      held?.scrollIntoView({ block: 'center' })
      showWaiting()
      warn('stay')
    }

    listeners.push((what, detail) => {
      if (what === 'waiting') return showWaiting()
      if (what === 'rejoin' || what === 'reload') {
        showWaiting()
        return warn(what)
      }
      const fieldset = detail.mark === mark && of(detail.key)
      if (!fieldset) return
      if (what === 'saved') {
        const waited = savedMark().matches('.saved--wait')
        version(fieldset).value = detail.version
        if (waiting(mark)) return waited && showWaiting()
        savedMark().replaceWith(document.adoptNode(detail.saved))
        if (waited) say(savedMark().textContent)
        document.getElementById('stay').hidden = true
      } else {
        if (detail.final) change(mark, entry => { delete entry.items[detail.key] })
        trouble(fieldset).replaceChildren(document.adoptNode(detail.words))
        showMark(words.refused, 'wait')
      }
    })

    form.addEventListener('change', event => {
      const fieldset = event.target.closest('[data-item]')
      if (event.target.name.startsWith('choice.')) return choose(fieldset, event.target.value)
      hold(fieldset)
      flush()
    })
    form.addEventListener('input', event => {
      if (/radio|checkbox/.test(event.target.type)) return
      hold(event.target.closest('[data-item]'))
      clearTimeout(typing)
      typing = setTimeout(flush, 1500)
    })
    form.addEventListener('submit', event => {
      event.preventDefault()
      all.forEach(hold)
      flush()
      const next = place + (event.submitter?.value === 'back' ? -1 : 1)
      if (!place || next > all.length) leave()
      else if (next) show(next, true)
      else location.href = words.front
    })
    addEventListener('popstate', event => { if (place) show(event.state?.place || startedAt, false) })
    const startedAt = place

    Object.entries(entryOf(mark).items).forEach(([key, item]) => {
      if (!of(key)) return
      fill(of(key), item.values)
      last.set(of(key), JSON.stringify(values(of(key))))
    })
    const hint = savedMark().querySelector('[data-js]')
    if (hint) hint.textContent = hint.dataset.js
    if (!navigator.onLine) showWaiting()
  }
})()
