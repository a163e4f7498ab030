import { useSyncExternalStore } from 'react'

const roomy = '(min-width: 768px)'
let onPaper = false

/** The browser says beforehand that it will print: only what is drawn by then gets onto the sheets. */
function watchPrinting(changed: () => void): () => void {
  const begin = () => {
    onPaper = true
    changed()
  }
  const end = () => {
    onPaper = false
    changed()
  }
  const list = window.matchMedia('print')
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  list.addEventListener('change', changed)
  return () => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
    list.removeEventListener('change', changed)
  }
}

function watchWidth(changed: () => void): () => void {
  const list = window.matchMedia(roomy)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

/** 打印中 — on paper nothing can be unfolded, so everything is shown. */
export function usePrinting(): boolean {
  return useSyncExternalStore(watchPrinting, () => onPaper || window.matchMedia('print').matches)
}

/** 宽屏 — room for a whole table; paper counts as wide, however narrow its sheet is in pixels. */
export function useWide(): boolean {
  const wide = useSyncExternalStore(watchWidth, () => window.matchMedia(roomy).matches)
  return usePrinting() || wide
}
