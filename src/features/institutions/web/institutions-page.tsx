import { Input, Select } from 'antd'
import { useState } from 'react'
import { stageNames, stages } from '../../../kernel/stage.ts'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { type InstitutionPageAnswer, kindNames, sectorNames } from '../contract.ts'
import { InstitutionTable } from './institution-table.tsx'
import { OpeningForm } from './opening-form.tsx'
import { tellList } from './tell-list.ts'
import { type ListView, useListView } from './use-list-view.ts'

/** 机构 — every kindergarten and school in view, narrowed by the address; each opens its file. */
export function InstitutionsPage() {
  const view = useListView()
  const query = useAnswer<InstitutionPageAnswer>('/api/institutions', view.params)
  return (
    <Page
      title="机构与一校一档"
      answer={query.data && tellList(query.data)}
      tools={<Filters view={view} mayAct={query.data?.mayAct ?? false} />}
    >
      <Answered query={query} rows={12}>
        {(answer) =>
          answer.total === 0 ? (
            <Empty why="没有符合条件的机构。请放宽筛选，或把截至日改到机构在办的日子。" />
          ) : (
            <Card
              title={answer.unit ?? '机构'}
              note={`${answer.year ?? '—'} 年秋季 · 单位：人、个 · 点名称看一校一档`}
            >
              <InstitutionTable rows={answer.rows} />
            </Card>
          )
        }
      </Answered>
    </Page>
  )
}

function Filters({ view, mayAct }: { view: ListView; mayAct: boolean }) {
  const all = (name: string) => ({ value: '', label: `全部${name}` })
  const options = (names: Readonly<Record<string, string>>, name: string) => [
    all(name),
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ]
  return (
    <>
      <TextFilter key={view.text} view={view} />
      <Select
        aria-label="学段"
        style={{ minWidth: 120 }}
        value={view.stage}
        onChange={view.setStage}
        options={[all('学段'), ...stages.map((stage) => ({ value: stage, label: stageNames[stage] }))]}
      />
      <Select
        aria-label="类别"
        style={{ minWidth: 150 }}
        value={view.kind}
        onChange={view.setKind}
        options={options(kindNames, '类别')}
      />
      <Select
        aria-label="办学性质"
        style={{ minWidth: 120 }}
        value={view.sector}
        onChange={view.setSector}
        options={options(sectorNames, '性质')}
      />
      {view.unit !== '' && (
        <button className="link-button" type="button" onClick={view.leaveUnit}>
          看全部单位
        </button>
      )}
      {mayAct && <OpeningForm />}
    </>
  )
}

/** The text goes into the address when it is entered, not at every key. */
function TextFilter({ view }: { view: ListView }) {
  const [text, setText] = useState(view.text)
  return (
    <Input.Search
      aria-label="按名称、拼音首字母或标识码筛选"
      placeholder="名称 / 拼音首字母 / 标识码"
      style={{ width: 280 }}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={view.setText}
    />
  )
}
