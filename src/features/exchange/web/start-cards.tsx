import { Link } from '@tanstack/react-router'
import { Button, Select, Upload } from 'antd'
import { useState } from 'react'
import { Card, Empty, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { KindInfo, Started } from '../contract.ts'
import type { ExchangeView } from './use-exchange-view.ts'

/** 开始 — which data, the template for them, the file to take in, or the register to take out, each for whoever may. */
export function StartCards({ view, kinds }: { view: ExchangeView; kinds: readonly KindInfo[] }) {
  const mine = kinds.filter(({ mayImport, mayExport }) => mayImport || mayExport)
  const kind = mine.find((each) => each.kind === view.kind) ?? mine[0]
  if (!kind) return null
  return (
    <>
      <p>
        数据种类：
        <Select
          aria-label="数据种类"
          value={kind.kind}
          onChange={view.chooseKind}
          options={mine.map(({ kind: value, name }) => ({ value, label: name }))}
          style={{ minWidth: 200 }}
        />
        <span className="quiet"> {kind.doc}</span>
      </p>
      <div className="grid halves">
        {kind.mayImport && <UploadCard view={view} kind={kind} />}
        <div className="grid">
          {kind.mayImport && <TemplateCard view={view} kind={kind} />}
          {kind.personal ? <PersonsCard /> : kind.mayExport && <ExportCard view={view} kind={kind} />}
        </div>
      </div>
    </>
  )
}

type Props = { view: ExchangeView; kind: KindInfo }

function UploadCard({ view, kind }: Props) {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const [sending, setSending] = useState(false)
  const send = async (file: File) => {
    setSending(true)
    setError(undefined)
    await api
      .upload<Started>('/api/exchange/imports', file, { kind: kind.kind })
      .then(({ importId }) => view.openImport(importId), setError)
    setSending(false)
  }
  return (
    <Card title={`上传${kind.name}`} note="20 MB 以内，20 万行以内">
      <Upload.Dragger
        accept=".xlsx,.csv"
        maxCount={1}
        showUploadList={false}
        disabled={sending}
        beforeUpload={(file) => {
          send(file)
          return false
        }}
      >
        <p style={{ margin: '18px 0 6px' }}>
          <Button type="primary" loading={sending}>
            选择文件
          </Button>
        </p>
        <p className="quiet">
          或把文件拖到这里。收 .xlsx，以及 UTF-8、GB18030 编码的 CSV；不用改成模板的列名。
        </p>
      </Upload.Dragger>
      {error && <Problem error={error} />}
    </Card>
  )
}

function TemplateCard({ view, kind }: Props) {
  const api = useApi()
  const path = `/api/exchange/templates/${kind.kind}`
  const enrolment = kind.kind.startsWith('enrolment')
  return (
    <Card title="模板" note="带下拉列表和逐列说明">
      <ul className="rows">
        <li>
          <span className="grow">空白模板</span>
          <a href={api.href(path)} download>
            下载
          </a>
        </li>
        {enrolment && (
          <li>
            <span className="grow">
              预填模板 <span className="quiet">机构、年级已列好，上年数在灰色列，只填白格</span>
            </span>
            <a href={api.href(path, { prefill: true, county: view.county })} download>
              下载
            </a>
          </li>
        )}
      </ul>
    </Card>
  )
}

function PersonsCard() {
  return (
    <Card title="导出学生名册" note="100 人以内且遮蔽的当即可取，其余须第二人审批">
      <p>
        请到“<Link to="/people">学生信息</Link>
        ”选好学校、年级，填写理由申请导出；含原文的名单与模板同列，可以再导入。
      </p>
      <p className="quiet">
        上传的名册加密保存 7 天，供您改正错行，之后连同核对结果一起删除；办过的导入仍留回执和凭据。
      </p>
    </Card>
  )
}

const formats = { xlsx: 'xlsx', csv: 'CSV（UTF-8）', gb18030: 'CSV（GB18030）' } as const

function ExportCard({ view, kind }: Props) {
  const api = useApi()
  const [told, setTold] = useState<AnswerError | 'begun'>()
  const asked = { format: 'xlsx', county: view.county, asOf: view.asOf }
  const begin = () =>
    api
      .send('POST', api.href(`/api/exchange/exports/${kind.kind}`, asked))
      .then(() => setTold('begun'), setTold)
  return (
    <Card title={`导出${kind.name}`} note="全部行，写明行数和校验值；再导入不会有任何改动">
      <ul className="rows">
        {Object.entries(formats).map(([format, words]) => (
          <li key={format}>
            <span className="grow">{words}</span>
            <a
              href={api.href(`/api/exchange/exports/${kind.kind}`, {
                format,
                county: view.county,
                asOf: view.asOf,
              })}
              aria-label={`导出${kind.name} ${words}`}
              download
            >
              导出
            </a>
          </li>
        ))}
        <li>
          <span className="grow">
            后台导出 xlsx <span className="quiet">行数很多时用，超过一个表会分成几个文件</span>
          </span>
          <Button size="small" aria-label={`后台导出${kind.name}`} onClick={begin}>
            开始
          </Button>
        </li>
      </ul>
      {told === 'begun' && <Empty why="已开始，做好后在“后台作业”里下载。" />}
      {told && told !== 'begun' && <Problem error={told} />}
    </Card>
  )
}
