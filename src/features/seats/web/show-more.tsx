import { type ReactNode, useState } from 'react'
import { usePrinting } from '../../../ui/use-media.ts'

const shownAtOnce = 6

/** 长清单 — the first lines at once, all of them on demand and on paper, the number always stated. */
export function ShowMore<L>({ lines, render }: { lines: readonly L[]; render: (line: L) => ReactNode }) {
  const [all, setAll] = useState(false)
  const printing = usePrinting()
  return (
    <>
      <ul className="rows">{(all || printing ? lines : lines.slice(0, shownAtOnce)).map(render)}</ul>
      {lines.length > shownAtOnce && (
        <button
          className="link-button no-print"
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? '只看前几条' : `看全部 ${lines.length} 条`}
        </button>
      )}
    </>
  )
}
