import { Link } from '@tanstack/react-router'
import { Drawer, Table } from 'antd'
import { chinaMoment } from '../kernel/china-moment.ts'
import type { Provenance } from '../kernel/provenance.ts'
import { Answered } from './page.tsx'
import { statusWords } from './status-words.ts'
import { type Params, useAnswer } from './use-api.tsx'

/** 来历 — what lies under a figure: formula, parameters with the words they rest on, rows, as of when. */
export function ProvenanceDrawer(props: { path?: string | undefined; params?: Params; onClose: () => void }) {
  const query = useAnswer<Provenance>(props.path, props.params)
  return (
    <Drawer
      open={props.path !== undefined}
      onClose={props.onClose}
      size="large"
      title="这个数从哪里来"
      closable={{ 'aria-label': '关闭' }}
      destroyOnHidden
    >
      {props.path && (
        <Answered query={query}>{(provenance) => <ProvenanceText provenance={provenance} />}</Answered>
      )}
    </Drawer>
  )
}

function ProvenanceText({ provenance }: { provenance: Provenance }) {
  return (
    <article>
      <h2 style={{ fontSize: 16, marginTop: 0 }}>
        {provenance.title}：{provenance.value}
      </h2>
      <h3>怎么算</h3>
      <p style={{ whiteSpace: 'pre-line', lineHeight: 1.8 }}>{provenance.formula}</p>
      <Basis provenance={provenance} />
      <Parameters provenance={provenance} />
      <Rows provenance={provenance} />
      <h3>口径与版本</h3>
      <p className="quiet" style={{ lineHeight: 1.8, overflowWrap: 'anywhere' }}>
        截至 {provenance.asOf}，台账取 {chinaMoment(provenance.knownAt)} 时的记录；规划数据版本{' '}
        {provenance.planVersion.slice(0, 12)}
        {provenance.engineVersion && `；算法版本 ${provenance.engineVersion}`}
        {provenance.inputsHash && `；输入摘要 ${provenance.inputsHash.slice(0, 16)}`}。
      </p>
    </article>
  )
}

function Basis({ provenance }: { provenance: Provenance }) {
  if (provenance.basis.length === 0) return null
  return (
    <>
      <h3>依据</h3>
      {provenance.basis.map((cite) => (
        <div className="quote" key={`${cite.item}${cite.quote}`}>
          {cite.item} <q>“{cite.quote}”</q> <span className="quiet">{cite.zh}</span>
        </div>
      ))}
    </>
  )
}

function Parameters({ provenance }: { provenance: Provenance }) {
  if (provenance.parameters.length === 0) return null
  return (
    <>
      <h3>参数</h3>
      <ul className="rows">
        {provenance.parameters.map((each) => (
          <li key={each.key}>
            <span className="grow">
              {each.zh}：<strong>{amountWords(each.value, each.unit)}</strong>
              <br />
              <span className="quiet">
                {each.layer} · {each.source} · {statusWords[each.status] ?? each.status}
                {each.quote && `：“${each.quote}”`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** A share is read as percent; any other value with its unit. */
function amountWords(value: string, unit: string): string {
  const share = unit === '比率' ? Number(value) : Number.NaN
  return Number.isNaN(share) ? `${value} ${unit}`.trim() : `${Number((share * 100).toFixed(4))}%`
}

/** The day one looks at stays the same on the page one goes to. */
function kept({ asOf, known }: Readonly<Record<string, unknown>>) {
  return { asOf, known }
}

function Rows({ provenance }: { provenance: Provenance }) {
  return (
    <>
      <h3>
        数据行 <span className="quiet">共 {provenance.rowCount.toLocaleString('zh-CN')} 行</span>
      </h3>
      {provenance.missing.map((each) => (
        <p key={`${each.of}${each.where}`}>
          <span className="tag waiting">缺数据</span> {each.where}：{each.of}
          {each.since && `（${each.since} 起）`}
          {each.owedBy && `，由${each.owedBy}提供`}。
        </p>
      ))}
      <Table
        size="small"
        rowKey={(row) => `${row.label}${row.source}`}
        dataSource={[...provenance.rows]}
        pagination={provenance.rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        columns={[
          {
            title: '内容',
            dataIndex: 'label',
            render: (label: string, { to }) =>
              to === undefined ? (
                label
              ) : (
                <Link to={to as never} search={kept as never}>
                  {label}
                </Link>
              ),
          },
          { title: '数值', dataIndex: 'value', align: 'right' },
          { title: '出处', dataIndex: 'source' },
        ]}
      />
    </>
  )
}
