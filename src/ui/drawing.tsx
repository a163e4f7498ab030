import { type RefObject, useRef } from 'react'
import { usePrinting } from './use-media.ts'

/** 图框 — a drawing with its words and a way to keep it as a picture; on paper the picture itself, as a canvas does not print. */
export function Drawing(props: {
  chart: {
    readonly element: RefObject<HTMLDivElement | null>
    readonly save: (fileName: string) => void
    readonly picture: () => string | undefined
  }
  words: string
  height: number
  fileName?: string | undefined
}) {
  const { chart, words, height, fileName } = props
  const printing = usePrinting()
  const picture = useRef<string>(undefined)
  if (printing) picture.current ??= chart.picture()
  else picture.current = undefined
  return (
    <figure style={{ margin: 0 }}>
      <div
        ref={chart.element}
        role="img"
        aria-label={words}
        className="no-print"
        style={{ height, width: '100%' }}
      />
      {picture.current && <img className="print-picture" src={picture.current} alt={words} />}
      {fileName && (
        <button className="link-button no-print" type="button" onClick={() => chart.save(fileName)}>
          存为图片
        </button>
      )}
    </figure>
  )
}
