import { Button, Select } from 'antd'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { ImportAnswer, KindInfo } from '../contract.ts'
import { columnName } from './tell-import.ts'

/** 对应列 — which column of the file is what; remembered for the next file with the same header. */
export function MappingCard(props: { current: ImportAnswer; kind: KindInfo; onDone: () => void }) {
  const { current, kind, onDone } = props
  const api = useApi()
  const [mapping, setMapping] = useState<Readonly<Record<string, number>>>(current.mapping ?? {})
  const [error, setError] = useState<AnswerError>()
  const headers = current.sheet?.headers ?? []
  const choose = (key: string, column: number | undefined) => {
    const { [key]: _, ...others } = mapping
    setMapping(column === undefined ? others : { ...others, [key]: column })
  }
  const save = () =>
    api.send('PUT', `/api/exchange/imports/${current.importId}/mapping`, mapping).then(onDone, setError)
  const missing = kind.columns.filter(({ key, required }) => required && mapping[key] === undefined)
  return (
    <Card title="对应列" note={`表头在第 ${current.sheet?.headerRow ?? 1} 行；没有对应的列不读`}>
      <ul className="rows">
        {kind.columns.map(({ key, header, required, doc }) => (
          <li key={key}>
            <span className="grow">
              {header}
              {required && <span className="tag waiting"> 必填</span>}
              <br />
              <span className="quiet">{doc}</span>
            </span>
            <Select
              aria-label={`${header}在哪一列`}
              allowClear
              placeholder="文件里没有"
              value={mapping[key]}
              onChange={(column: number | undefined) => choose(key, column)}
              options={headers.map(({ column, text }) => ({
                value: column,
                label: `${columnName(column)} ${text}`,
              }))}
              style={{ width: 220 }}
            />
          </li>
        ))}
      </ul>
      {error && <Problem error={error} />}
      <p>
        <Button type="primary" onClick={save} disabled={missing.length > 0}>
          记住并核对
        </Button>
        {missing.length > 0 && (
          <span className="quiet"> 还差：{missing.map(({ header }) => header).join('、')}</span>
        )}
      </p>
    </Card>
  )
}
