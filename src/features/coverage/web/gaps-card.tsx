import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { Card } from '../../../ui/page.tsx'
import { type DutyGaps, lightWords } from '../contract.ts'
import { tagTone } from './light-cells.ts'

/** Gaps shown before one asks for the others. */
const shownFirst = 20

/** What a choice on the board scrolls to on a phone. */
export const gapsCardId = 'gaps'

/** 缺口名单 — who has no Y in the chosen place, and why; what closes it. */
export function GapsCard(props: { gaps: DutyGaps; onFigure: () => void }) {
  const { gaps, onFigure } = props
  const { cell, place } = gaps
  return (
    <Card
      id={gapsCardId}
      title={`${place} ${gaps.zh}`}
      note={
        <button
          className="figure"
          type="button"
          aria-label={`${place} ${cell.words}，查看来历`}
          onClick={onFigure}
        >
          {cell.words}
        </button>
      }
    >
      <p>
        <span className={`tag ${tagTone(cell.light)}`}>{lightWords[cell.light]}</span> {cell.sentence}。
        {gaps.counted?.whole != null &&
          `其中${gaps.counted.of}共 ${gaps.counted.whole.toLocaleString('zh-CN')}，已覆盖 ${(gaps.counted.part ?? 0).toLocaleString('zh-CN')}。`}
      </p>
      <GapList key={`${gaps.dutyId}@${cell.unitId}`} gaps={gaps} />
      {gaps.remarks.length > 0 && (
        <>
          <h3>已覆盖但须留意</h3>
          <ul className="rows">
            {gaps.remarks.map((remark) => (
              <li key={`${remark.county}${remark.subjectId}`}>
                <span className="grow">
                  {remark.subject}：{remark.note}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function GapList({ gaps }: { gaps: DutyGaps }) {
  const [whole, setWhole] = useState(false)
  if (gaps.gapCount === 0) return null
  const shown = whole ? gaps.gaps : gaps.gaps.slice(0, shownFirst)
  const counties = new Set(gaps.gaps.map(({ county }) => county))
  return (
    <>
      <div className="notice">
        <span>
          怎么办：{gaps.remedy}。由{gaps.owedBy}落实。
          {gaps.forms.map(({ id, zh }) => (
            <span key={id}>
              {' '}
              <Link to={`/filing/forms/${id}` as never}>去看《{zh}》</Link>
            </span>
          ))}
        </span>
      </div>
      <ul className="rows">
        {shown.map((gap) => (
          <li key={`${gap.county}${gap.subjectId}`}>
            <span className="grow">
              <Subject gaps={gaps} gap={gap} />
              {counties.size > 1 && <span className="quiet"> {gap.county}</span>}
              <br />
              <span className="quiet">{gap.why}</span>
            </span>
            <span className={`tag ${gap.known ? 'shortage' : 'waiting'}`}>
              {gap.known ? '没有' : '没有说明'}
            </span>
          </li>
        ))}
      </ul>
      {gaps.gaps.length > shown.length && (
        <Button className="no-print" onClick={() => setWhole(true)}>
          再列 {gaps.gaps.length - shown.length} 个
        </Button>
      )}
      {gaps.gapCount > gaps.gaps.length && (
        <p className="quiet">
          共 {gaps.gapCount.toLocaleString('zh-CN')} 个，页面最多列前 {gaps.gaps.length} 个；全部名单请导出
          xlsx。
        </p>
      )}
    </>
  )
}

function Subject({ gaps, gap }: { gaps: DutyGaps; gap: DutyGaps['gaps'][number] }) {
  return gaps.subjectKind === 'institution' ? (
    <Link to={`/institutions/${gap.subjectId}` as never}>{gap.subject}</Link>
  ) : (
    gap.subject
  )
}
