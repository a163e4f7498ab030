import type { SeriesAnswer } from '../contract.ts'

const shownAtOnce = 2

/** 依据 — the papers' own words that the figures serve; the first few at once, the others on demand. */
export function BasisQuotes({ quotes }: { quotes: SeriesAnswer['quotes'] }) {
  const rest = quotes.slice(shownAtOnce)
  return (
    <>
      {quotes.slice(0, shownAtOnce).map((each) => (
        <Quote key={`${each.item}${each.quote}`} {...each} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary className="quiet" style={{ cursor: 'pointer', minHeight: 28 }}>
            另有依据 {rest.length} 条
          </summary>
          {rest.map((each) => (
            <Quote key={`${each.item}${each.quote}`} {...each} />
          ))}
        </details>
      )}
      <p className="quiet" style={{ margin: '8px 0 0' }}>
        公式、参数、数据行与口径日：点任一数字。
      </p>
    </>
  )
}

function Quote({ item, quote, zh }: SeriesAnswer['quotes'][number]) {
  return (
    <div className="quote">
      依据 {item} <q>“{quote}”</q> <span className="quiet">{zh}</span>
    </div>
  )
}
