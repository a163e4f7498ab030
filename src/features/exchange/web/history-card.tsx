import { Tabs } from 'antd'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { ExportRecord, KindInfo, Pending } from '../contract.ts'
import { stateWords } from './tell-import.ts'
import type { ExchangeView } from './use-exchange-view.ts'

type Props = { view: ExchangeView; kinds: readonly KindInfo[] }

/** 我的导入导出 — of the last thirty days; an import can be gone on with after a reload or another day. */
export function HistoryCard(props: Props) {
  return (
    <Card title="我的导入导出" note="文件保留 30 天（学生名册 7 天），回执长期保留" className="no-print">
      <Tabs
        items={[
          ...(props.kinds.some(({ mayImport }) => mayImport)
            ? [{ key: 'in', label: '导入', children: <Imports {...props} /> }]
            : []),
          { key: 'out', label: '导出', children: <Exports {...props} /> },
        ]}
      />
    </Card>
  )
}

function nameOf(kinds: readonly KindInfo[], kind: string): string {
  return kinds.find((each) => each.kind === kind)?.name ?? kind
}

function Imports({ view, kinds }: Props) {
  const query = useAnswer<Pending[]>('/api/exchange/imports')
  return (
    <Answered query={query}>
      {(imports) =>
        imports.length === 0 ? (
          <Empty why="还没有导入过。选好数据种类，上传一个文件即可开始。" />
        ) : (
          <ul className="rows">
            {imports.map(({ importId, kind, fileName, state, counts, createdAt }) => (
              <li key={importId}>
                <span className="grow">
                  <button type="button" className="link-button" onClick={() => view.openImport(importId)}>
                    {fileName}
                  </button>{' '}
                  <span className="quiet">
                    {nameOf(kinds, kind)} · {chinaMoment(createdAt)}
                    {counts && ` · ${counts.rows} 行`}
                  </span>
                </span>
                <span className={`tag ${state === 'confirmed' ? 'surplus' : 'waiting'}`}>
                  {stateWords[state]}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  )
}

function Exports({ kinds }: Props) {
  const query = useAnswer<ExportRecord[]>('/api/exchange/exports')
  return (
    <Answered query={query}>
      {(exports) =>
        exports.length === 0 ? (
          <Empty why="还没有导出过。在上面选好数据种类和格式即可导出。" />
        ) : (
          <ul className="rows">
            {exports.map(({ exportId, kind, fileName, rows, sha256, exportedAt }) => (
              <li key={exportId}>
                <span className="grow" style={{ overflowWrap: 'anywhere' }}>
                  {fileName}
                  <br />
                  <span className="quiet">
                    {nameOf(kinds, kind)} · {chinaMoment(exportedAt)} · {rows} 行 · SHA-256{' '}
                    {sha256.slice(0, 16)}…
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  )
}
