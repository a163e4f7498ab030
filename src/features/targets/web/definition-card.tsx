import { Card } from '../../../ui/page.tsx'
import { statusWords } from '../../../ui/status-words.ts'
import type { TargetDetail, TargetLine } from '../contract.ts'
import { directionWords } from './sign-words.ts'

/** 定义与依据 — the paper's words, what is counted over what, every layer's line, and how the words may be read. */
export function DefinitionCard({ detail }: { detail: TargetDetail }) {
  const { indicator } = detail
  return (
    <Card title="定义与依据" note={detail.paper}>
      <div className="quote">
        {detail.targetId} <q>“{detail.quote}”</q>
      </div>
      <p style={{ lineHeight: 1.8 }}>{indicator.definition}。</p>
      <ul className="rows">
        <li>
          <span className="quiet">分子</span>
          <span className="grow">{indicator.numerator}</span>
        </li>
        {indicator.denominator && (
          <li>
            <span className="quiet">分母</span>
            <span className="grow">{indicator.denominator}</span>
          </li>
        )}
        <li>
          <span className="quiet">方向</span>
          <span className="grow">{directionWords[indicator.direction] ?? indicator.direction}</span>
        </li>
        {indicator.evidence && (
          <li>
            <span className="quiet">凭据</span>
            <span className="grow">{indicator.evidence}</span>
          </li>
        )}
        {indicator.sources.map(({ book, rows, owedBy }) => (
          <li key={`${book}${rows}`}>
            <span className="quiet">来源</span>
            <span className="grow">
              {book}：{rows}（{owedBy}）
            </span>
          </li>
        ))}
      </ul>
      <Lines detail={detail} />
      <Readings detail={detail} />
      {detail.notYet && <p className="quiet">{detail.notYet}。</p>}
    </Card>
  )
}

function Lines({ detail }: { detail: TargetDetail }) {
  if (detail.lines.length === 0) {
    return <p className="quiet">文件没有给出这项目标的数值。</p>
  }
  return (
    <>
      <h3>各层目标线</h3>
      {detail.lineRefused && <p>{detail.lineRefused}</p>}
      <ul className="rows">
        {detail.lines.map((line) => (
          <li key={`${line.key}${line.layer}`}>
            <span className="grow">
              {line.layer} · {line.zh}：<strong>{lineWords(line)}</strong>{' '}
              {line.binding && <span className="tag plain">按此评判</span>}{' '}
              {line.differs && <span className="tag waiting">各层不一致</span>}
              <br />
              <span className="quiet" title={[line.source, line.note].filter(Boolean).join('；')}>
                自 {line.from} 起 · {documentOf(line)} · {statusWords[line.status] ?? line.status}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The document alone: where it was read and by whom stands in the figure's provenance. */
function documentOf({ source }: TargetLine): string {
  return source.split('，')[0] ?? source
}

function lineWords({ value }: TargetLine): string {
  return `${Number((value * 100).toFixed(2))}%`
}

function Readings({ detail }: { detail: TargetDetail }) {
  if (detail.readings.length === 0) return null
  return (
    <>
      <h3>怎样理解原文</h3>
      <ul className="rows">
        {detail.readings.map(({ of, id, zh, differs, counted }) => (
          <li key={`${of}${id}`}>
            <span className="grow">
              “{of}”：{zh} {!counted && <span className="tag waiting">缺数据，未算</span>}
              <br />
              <span className="quiet">{differs}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
