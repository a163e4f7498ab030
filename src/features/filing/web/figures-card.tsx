import { formatNumber } from '../../../ui/figure.tsx'
import { Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import type { FormFigures } from '../figures-contract.ts'

/** 指标所在 — where the figures of a filing's form are asked for. */
export const figuresOf = (filingId: number | string) => `/api/filings/${filingId}/figures`

/** 算出的指标 — what the approved filings of this form come to in the county. */
export function FiguresCard({ filing }: { filing: FilingShown }) {
  const query = useAnswer<FormFigures>(figuresOf(filing.filingId))
  if (!query.data || query.data.length === 0) return null
  return (
    <Card title="这张表算出的指标" note="只算审核通过的填报">
      <ul className="rows">
        {query.data.map(({ indicatorId, zh, definition, county, words, numerator, denominator, counted }) => (
          <li key={indicatorId}>
            <span className="grow">
              {county} · {zh}
              <br />
              <span className="quiet">
                {definition}
                {counted && counted.approved < counted.due && (
                  <>
                    <br />
                    全县应报 {formatNumber(counted.due)} 个单位，计入审核通过的{' '}
                    {formatNumber(counted.approved)} 个，其余还没有计入
                  </>
                )}
              </span>
            </span>
            <span>
              <b>{words}</b>
              {numerator !== null && denominator !== null && (
                <span className="quiet">
                  （{formatNumber(numerator)}/{formatNumber(denominator)}）
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
