import { Table, type TableProps } from 'antd'
import { useWide } from '../../../ui/use-media.ts'
import type { ShownFlip } from '../contract.ts'

/** One thing by one rule: what each reading of the words says of it. */
interface Thing extends ShownFlip {
  readonly key: string
  readonly readings: readonly ShownFlip[]
}
type Column = NonNullable<TableProps<Thing>['columns']>[number]

/** 影响清单 — every thing of which the verdict changes, old and new side by side, by each reading; then what was not compared. */
export function FlipTable({
  flips,
  notCompared,
}: {
  flips: readonly ShownFlip[]
  notCompared: readonly string[]
}) {
  const wide = useWide()
  return (
    <>
      {flips.length === 0 ? (
        <p>按现有数据试算，比较过的判断都不会变。</p>
      ) : (
        <Table
          size="small"
          rowKey="key"
          dataSource={thingsOf(flips)}
          columns={wide ? [unit, rule, ...sides] : [unitWithRule, ...sides]}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: wide ? 620 : 320 }}
        />
      )}
      {notCompared.length > 0 && (
        <div className="notice" style={{ display: 'block', marginTop: 10 }}>
          <strong>没有比较的：</strong>
          {notCompared.map((each) => (
            <span key={each}>
              <br />
              {each}
            </span>
          ))}
        </div>
      )}
    </>
  )
}

function thingsOf(flips: readonly ShownFlip[]): Thing[] {
  const things = Map.groupBy(flips, ({ rule, unitId, subjectId }) => `${rule} ${unitId} ${subjectId}`)
  return [...things].map(([key, readings]) => ({ ...(readings[0] as ShownFlip), key, readings }))
}

const unit: Column = {
  title: '单位',
  width: 190,
  render: (_, { place, subject }) => (
    <>
      {subject}
      {subject !== place && (
        <>
          <br />
          <span className="quiet">{place}</span>
        </>
      )}
    </>
  ),
}

const rule: Column = { title: '按什么判断', width: 170, render: (_, { ruleZh }) => ruleZh }

const unitWithRule: Column = {
  ...unit,
  width: 120,
  render: (value, thing, at) => (
    <>
      {unit.render?.(value, thing, at) as never}
      <br />
      <span className="quiet">{thing.ruleZh}</span>
    </>
  ),
}

const sides: Column[] = [
  { title: '现行', render: (_, thing) => <Side thing={thing} side="before" /> },
  { title: '改后', render: (_, thing) => <Side thing={thing} side="after" /> },
]

/** Of each reading its own line, those that do not change among them. */
function Side({ thing: { readings, unmoved = [] }, side }: { thing: Thing; side: 'before' | 'after' }) {
  const none = side === 'before' ? '不判断' : '不再判断'
  return (
    <>
      {readings.map(({ reading, [side]: words }) => (
        <div key={reading ?? ''}>
          {reading && <span className="quiet">{reading}：</span>}
          {words === null ? (
            <span className="quiet">{none}</span>
          ) : side === 'after' ? (
            <strong>{words}</strong>
          ) : (
            words
          )}
        </div>
      ))}
      {unmoved.map(({ reading, words }) => (
        <div key={reading} className="quiet">
          {reading}：{words ?? '不判断'}
          {side === 'after' && '（不变）'}
        </div>
      ))}
    </>
  )
}
