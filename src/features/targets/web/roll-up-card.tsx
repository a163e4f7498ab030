import { Select, Table } from 'antd'
import { useMemo } from 'react'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { type Params, useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { type IndicatorUnits, type RolledUnit, type TreeName, treeWords } from '../indicator-contract.ts'
import type { OpenedFigure } from './use-targets-view.ts'

/** The card's name in the page: a choice in the list leads to it. */
export const rollUpCardId = 'roll-up'

const trees = Object.keys(treeWords) as TreeName[]

/** 逐级汇总 — one indicator of a place for every unit of the tree chosen; what is owed stands under the unit that lacks it. */
export function RollUpCard(props: {
  indicatorId: string
  placeId: number
  /** The day asked for, as the page's other questions. */
  params: Params
  onFigure: (figure: OpenedFigure) => void
}) {
  const [chosen, choose] = useUrlState('tree', 'administrative')
  const tree = trees.find((each) => each === chosen) ?? 'administrative'
  const params = { ...props.params, unit: props.placeId, tree }
  const path = `/api/indicators/${props.indicatorId}`
  const query = useAnswer<IndicatorUnits>(`${path}/units`, params)
  return (
    <Card
      id={rollUpCardId}
      title="逐级汇总"
      note={
        query.data && `${query.data.place} ${query.data.zh} ${query.data.total}，隶属按 ${query.data.asOf}`
      }
    >
      <Select
        className="no-print"
        aria-label="沿哪一棵树汇总"
        value={tree}
        onChange={choose}
        options={trees.map((value) => ({ value, label: `按${treeWords[value]}` }))}
        style={{ width: 180, marginBottom: 8 }}
      />
      <Answered query={query} rows={5}>
        {(found) => (
          <UnitTable
            found={found}
            onFigure={(under) =>
              props.onFigure({ path: `${path}/provenance`, params: { ...params, ...(under && { under }) } })
            }
          />
        )}
      </Answered>
    </Card>
  )
}

interface Node extends RolledUnit {
  readonly key: string
  readonly children?: readonly Node[]
}

function UnitTable({ found, onFigure }: { found: IndicatorUnits; onFigure: (under: number) => void }) {
  const nodes = useMemo(() => nodesOf(found.units), [found])
  if (nodes.length === 0)
    return (
      <Empty
        why={`${found.place}的这项指标还不能按${found.treeZh}汇总：没有可分到校的数据行，或登记簿里当日没有${found.treeZh}。`}
      />
    )
  const number = (value: number | null) => (value === null ? '缺数据' : formatNumber(value))
  return (
    <Table<Node>
      size="small"
      dataSource={nodes}
      pagination={nodes.length > 15 ? { pageSize: 15, showSizeChanger: false } : false}
      scroll={{ x: 640 }}
      tableLayout="fixed"
      expandable={{ defaultExpandedRowKeys: nodes.length === 1 ? [nodes[0]!.key] : [] }}
      columns={[
        { title: found.treeZh, render: (_, unit) => <UnitName unit={unit} /> },
        { title: '计入', width: 80, align: 'right', render: (_, { institutions }) => `${institutions} 所` },
        { title: '分子', width: 92, align: 'right', render: (_, { numerator }) => number(numerator) },
        ...(found.rate
          ? [
              {
                title: '分母',
                width: 92,
                align: 'right' as const,
                render: (_: unknown, { denominator }: Node) => number(denominator),
              },
            ]
          : []),
        {
          title: '数值',
          width: 92,
          align: 'right',
          render: (_, { unitId, name, words }) =>
            unitId === null ? (
              words
            ) : (
              <button
                className="figure"
                type="button"
                aria-label={`${name} ${words}，查看是哪些学校`}
                onClick={() => onFigure(unitId)}
              >
                {words}
              </button>
            ),
        },
      ]}
    />
  )
}

function UnitName({ unit }: { unit: RolledUnit }) {
  const { name, missing, missingCount } = unit
  if (missingCount === 0) return name
  return (
    <>
      {name} <span className="tag waiting">缺 {missingCount} 项</span>
      <br />
      <span className="quiet">
        {lacking(missing).join('；')}
        {missingCount > missing.length && ` 等 ${missingCount} 项`}
      </span>
    </>
  )
}

/** What is lacking, once, with all who lack it. */
function lacking(missing: RolledUnit['missing']): string[] {
  const kinds = Map.groupBy(missing, ({ of, owedBy }) => (owedBy ? `${of}（由${owedBy}提供）` : of))
  return [...kinds].map(([of, each]) => `${of}：${each.map(({ where }) => where).join('、')}`)
}

/** The units as a tree of rows; a unit whose parent is out of sight stands at the top. */
function nodesOf(units: readonly RolledUnit[]): Node[] {
  const known = new Set(units.map(({ unitId }) => unitId))
  const below = Map.groupBy(units, ({ parentId }) => (known.has(parentId) ? parentId : null))
  const nodesUnder = (parentId: number | null): Node[] =>
    (below.get(parentId) ?? []).map((unit) => {
      const children = unit.unitId === null ? [] : nodesUnder(unit.unitId)
      return { ...unit, key: String(unit.unitId), ...(children.length > 0 && { children }) }
    })
  return nodesUnder(null)
}
