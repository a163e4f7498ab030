import { Drawer } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered } from '../../../ui/page.tsx'
import { statusWords } from '../../../ui/status-words.ts'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { ParameterAnswer } from '../contract.ts'
import { ChangeForm } from './change-form.tsx'

const bounds: Readonly<Record<string, string>> = { atLeast: '不低于', atMost: '不超过', exactly: '等于' }
const phases: Readonly<Record<string, string>> = {
  proposed: '待审定',
  approved: '已审定',
  declined: '未通过',
}

/** 参数详情 — what it is, every layer's values, how its words may be read, who reads it, and the form to try a change. */
export function ParameterDrawer(props: { parameter: string; asOf: string; onClose: () => void }) {
  const { parameter, asOf, onClose } = props
  const query = useAnswer<ParameterAnswer>(
    parameter ? `/api/parameters/${parameter}` : undefined,
    asOf ? { asOf } : {},
  )
  return (
    <Drawer
      open={parameter !== ''}
      onClose={onClose}
      title={query.data?.line.zh ?? '参数'}
      size="large"
      closable={{ 'aria-label': '关闭' }}
      destroyOnHidden
    >
      {parameter !== '' && (
        <Answered query={query} rows={8}>
          {(answer) => <Detail key={answer.line.key} answer={answer} />}
        </Answered>
      )}
    </Drawer>
  )
}

function Detail({ answer }: { answer: ParameterAnswer }) {
  const { line, bound, rationale, reviewBy, mayChange } = answer
  const [changing, setChanging] = useState(false)
  return (
    // Addresses of sources are longer than a phone is wide.
    <div style={{ overflowWrap: 'anywhere' }}>
      <p style={{ lineHeight: 1.8 }}>
        {line.inForce ? (
          <>
            {answer.asOf} 的取值：{bound && bounds[bound]} <strong>{line.inForce.words}</strong> {line.unit}（
            {line.inForce.layer}）。
          </>
        ) : (
          line.problem
        )}{' '}
        <span className="quiet">应在 {reviewBy} 前复核。</span>
        {rationale && (
          <>
            <br />
            <span className="quiet">{rationale}</span>
          </>
        )}
      </p>
      <Values answer={answer} />
      <Readings answer={answer} />
      <Readers answer={answer} />
      <Own answer={answer} />
      {mayChange && !line.waiting && (
        <>
          <h3>改动取值</h3>
          {changing ? (
            <ChangeForm answer={answer} />
          ) : (
            <p>
              <button type="button" className="link-button" onClick={() => setChanging(true)}>
                试算一个新取值
              </button>
              <span className="quiet">（先看影响，再决定是否提交；提交后由另一人审定）</span>
            </p>
          )}
        </>
      )}
    </div>
  )
}

function Values({ answer }: { answer: ParameterAnswer }) {
  return (
    <>
      <h3>各层取值</h3>
      <ul className="rows">
        {answer.values.map((value) => (
          <li key={`${value.layer}${value.from}`}>
            <span className="grow">
              {value.layer} · 自 {value.from} {value.to && `至 ${value.to}`}：<strong>{value.words}</strong>
              <br />
              <span className="quiet">
                {value.source} · {statusWords[value.status] ?? value.status}
                {value.note && ` · ${value.note}`}
              </span>
              {value.quote && (
                <>
                  <br />
                  <q>{value.quote}</q>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Readings({ answer }: { answer: ParameterAnswer }) {
  if (answer.readings.length === 0) return null
  return (
    <>
      <h3>原文的不同读法</h3>
      <ul className="rows">
        {answer.readings.map(({ of, zh, differs }) => (
          <li key={zh}>
            <span className="grow">
              “{of}”：{zh}
              <br />
              <span className="quiet">{differs}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Readers({ answer }: { answer: ParameterAnswer }) {
  return (
    <>
      <h3>谁用这个参数</h3>
      {answer.readers.length === 0 ? (
        <p className="quiet">规划里的目标、指标、覆盖任务和核验规则都不读它；推算和导入时由程序取用。</p>
      ) : (
        <ul className="rows">
          {answer.readers.map(({ kind, id, zh }) => (
            <li key={`${kind}${id}`}>
              <span className="quiet">{kind}</span>
              <span className="grow">
                {/^[TMO]/.test(id) && `${id} `}
                {zh}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Own({ answer }: { answer: ParameterAnswer }) {
  if (answer.own.length === 0) return null
  return (
    <>
      <h3>本市自定的历次取值</h3>
      <ul className="rows">
        {answer.own.map((own) => (
          <li key={own.valueId}>
            <span className="grow">
              自 {own.from}：<strong>{own.words}</strong>（
              {[own.document, own.article].filter(Boolean).join('，')}）
              <br />
              <span className="quiet">
                {own.proposer} {chinaMoment(own.proposedAt)} 提出，影响 {own.flips.length} 项
                {own.decider && `；${own.decider} ${chinaMoment(own.decidedAt ?? '')} 审定`}
                {own.note && `：${own.note}`}
              </span>
            </span>
            <span className={`tag ${own.phase === 'proposed' ? 'waiting' : 'plain'}`}>
              {phases[own.phase]}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
