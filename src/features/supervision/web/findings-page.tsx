import { useSearch } from '@tanstack/react-router'
import { Button, Input, Pagination, Select } from 'antd'
import { lightNames } from '../../../kernel/due-light.ts'
import { findingCauses, findingPhases, findingSources, supervisionKinds } from '../../../kernel/finding.ts'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { counted } from '../../../ui/counted.ts'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useUrlChoices, useUrlState } from '../../../ui/use-url-state.ts'
import type { FindingBoard } from '../contract.ts'
import { BulkAssign } from './bulk-assign.tsx'
import { CountyCounts } from './county-counts.tsx'
import { FindingList } from './finding-list.tsx'
import { tellBoard } from './finding-words.ts'
import { JudgeRules } from './judge-rules.tsx'

const filters = [
  'county',
  'institution',
  'state',
  'light',
  'source',
  'supervision',
  'cause',
  'item',
  'words',
  'asOf',
  'page',
] as const

/** Nobody is given thousands of findings overnight. */
const firstByHand = '第一次按规则立项由人点“按规则立项”，立过以后平台每天自动再判断。'

/** 问题整改台账 — who has what to mend until when; the address carries every choice. */
export function FindingsPage() {
  const asked = useAsked()
  const query = useAnswer<FindingBoard>('/api/findings', asked)
  const api = useApi()
  const { page: _, ...narrowed } = asked
  return (
    <Page
      title="问题与整改"
      answer={query.data && tellBoard(query.data)}
      tools={
        <>
          <Filters />
          <Button href={api.href('/api/findings/export', narrowed)}>导出台账</Button>
          {query.data?.mayReadMonths && (
            <ButtonLink to={'/findings/months' as never}>规范监管月表</ButtonLink>
          )}
          {query.data?.mayJudge && <JudgeRules />}
          {query.data?.mayOpen && (
            <ButtonLink to={'/findings/new' as never} color="primary" variant="solid">
              立项
            </ButtonLink>
          )}
        </>
      }
    >
      <Answered query={query} rows={12}>
        {(board) =>
          board.rows.length === 0 ? (
            <Empty
              why={`没有符合条件的问题。换一个环节或灯看看，或到上方改县（市、区）。${board.mayJudge ? firstByHand : ''}`}
            />
          ) : (
            <Found board={board} />
          )
        }
      </Answered>
    </Page>
  )
}

function Found({ board }: { board: FindingBoard }) {
  const [, choosePage] = useUrlState('page', '1')
  const total = board.counties.reduce((sum, county) => sum + county.total, 0)
  return (
    <>
      {board.counties.length > 1 && <CountyCounts counties={board.counties} />}
      <Card title="问题台账" note={counted`共 ${total} 个 · 先到期的在前`}>
        {board.mayOpen && <BulkAssign board={board} />}
        <FindingList rows={board.rows} />
        {total > board.pageSize && (
          <Pagination
            style={{ marginTop: 12 }}
            current={board.page}
            pageSize={board.pageSize}
            total={total}
            showSizeChanger={false}
            onChange={(page) => choosePage(String(page))}
          />
        )}
      </Card>
    </>
  )
}

/** What stands in the address, as the ledger is asked for. */
function useAsked(): Record<string, string> {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    filters.flatMap((name) => (search[name] === undefined ? [] : [[name, String(search[name])]])),
  )
}

const optionsOf = (all: string, names: Readonly<Record<string, string>>) => [
  { value: '', label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
]

const choices = [
  {
    name: 'state',
    label: '环节',
    options: [
      { value: '', label: '全部环节' },
      { value: 'mine', label: '等我办的' },
      { value: 'open', label: '未销号' },
      { value: 'met', label: '条件已满足，待复核' },
      { value: 'relapsed', label: '复发的' },
      ...optionsOf('', findingPhases).slice(1),
    ],
  },
  { name: 'light', label: '灯', options: optionsOf('各色灯', lightNames) },
  { name: 'source', label: '来源', options: optionsOf('全部来源', findingSources) },
  { name: 'supervision', label: '督导职能', options: optionsOf('督政、督学、监测', supervisionKinds) },
  { name: 'cause', label: '成因', options: optionsOf('各种成因', findingCauses) },
] as const

function Filters() {
  const choose = useUrlChoices()
  const asked = useAsked()
  return (
    <>
      {choices.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          style={{ minWidth: 140 }}
          value={asked[name] ?? ''}
          onChange={(value: string) => choose({ [name]: value || undefined, page: undefined })}
          options={[...options]}
        />
      ))}
      <Input.Search
        aria-label="查找问题"
        placeholder="编号、单位或问题"
        style={{ width: 200 }}
        allowClear
        defaultValue={asked.words}
        onSearch={(text) => choose({ words: text.trim() || undefined, page: undefined })}
      />
    </>
  )
}
