import { Table, type TableProps } from 'antd'
import { useWide } from '../../../ui/use-media.ts'
import type { ShownFlip } from '../contract.ts'

/** 影响清单 — every thing of which the verdict changes, old and new side by side. */
export function FlipTable({ flips }: { flips: readonly ShownFlip[] }) {
  const wide = useWide()
  if (flips.length === 0) return <p>按现有数据试算，没有单位的判断会变。</p>
  return (
    <Table
      size="small"
      rowKey={({ rule, unitId, subjectId, reading }) => `${rule} ${unitId} ${subjectId} ${reading ?? ''}`}
      dataSource={[...flips]}
      columns={columnsFor(wide)}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: wide ? 620 : 320 }}
    />
  )
}

function columnsFor(wide: boolean): NonNullable<TableProps<ShownFlip>['columns']> {
  const unit: NonNullable<TableProps<ShownFlip>['columns']>[number] = {
    title: '单位',
    width: wide ? 190 : 120,
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
  const rule: typeof unit = {
    title: '按什么判断',
    width: 170,
    render: (_, { ruleZh, reading }) => (
      <>
        {ruleZh}
        {reading && (
          <>
            <br />
            <span className="quiet">读法：{reading}</span>
          </>
        )}
      </>
    ),
  }
  const sides: (typeof unit)[] = [
    { title: '现行', render: (_, { before }) => before ?? <span className="quiet">不判断</span> },
    { title: '改后', render: (_, { after }) => <strong>{after ?? '不再判断'}</strong> },
  ]
  return wide
    ? [unit, rule, ...sides]
    : [
        {
          ...unit,
          render: (value, flip, at) => (
            <>
              {unit.render?.(value, flip, at) as never}
              <br />
              <span className="quiet">
                {flip.ruleZh}
                {flip.reading && `（${flip.reading}）`}
              </span>
            </>
          ),
        },
        ...sides,
      ]
}
