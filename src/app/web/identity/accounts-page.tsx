import { Button, Input, Select, Table } from 'antd'
import { useDeferredValue, useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { roleName } from '../../../kernel/role.ts'
import type {
  AccountPage,
  AccountSeen,
  Choices,
  GrantSeen,
} from '../../../platform/access/identity-contract.ts'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { AccountDrawer } from './account-drawer.tsx'
import { scopeWords } from './grant-words.ts'
import { NewAccount } from './new-account.tsx'
import { SeatsCard } from './seats-card.tsx'
import { SignInRuleCard } from './sign-in-rule-card.tsx'

const duties: Readonly<Record<string, string>> = {
  'system-administrator':
    '您是系统管理员：建立和停用账号，发放设置密码的链接。账号能做什么，由安全管理员授权。',
  'security-administrator': '您是安全管理员：给账号授予角色和范围，解除锁定，定登录规则。不能给自己授权。',
  'audit-administrator': '您是审计管理员：查看账号和授权的全部经过，什么也不能改。',
}

/** 账号管理 — who there is, who holds what, and what each of the three administrators may do about it. */
export function AccountsPage() {
  const { visitor } = useSession()
  const [text, setText] = useState('')
  const [role, setRole] = useState<string>()
  const [county, setCounty] = useState<number>()
  const [state, setState] = useState<string>()
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string>()
  const [creating, setCreating] = useState(false)
  const query = useAnswer<AccountPage>('/api/accounts', {
    text: useDeferredValue(text.trim()),
    role,
    county,
    state,
    page,
  })
  const { data: choices } = useAnswer<Choices>('/api/access/choices')
  const places = choices?.places ?? []
  const narrowed =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      set(value)
      setPage(1)
    }
  return (
    <Page title="账号管理" answer={duties[visitor?.role ?? '']}>
      <SeatsCard />
      <div className="page-tools">
        <Input
          allowClear
          aria-label="按账号或姓名查找"
          placeholder="账号或姓名"
          style={{ width: 180 }}
          value={text}
          onChange={(event) => narrowed(setText)(event.target.value)}
        />
        <Choice
          label="角色"
          value={role}
          onChange={narrowed(setRole)}
          width={180}
          options={(choices?.roles ?? []).map(({ role: value, zh }) => ({ value, label: zh }))}
        />
        <Choice
          label="县（市、区）"
          value={county}
          onChange={narrowed(setCounty)}
          width={150}
          options={places.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Choice
          label="状态"
          value={state}
          onChange={narrowed(setState)}
          width={110}
          options={[
            { value: 'active', label: '在用' },
            { value: 'asleep', label: '休眠' },
            { value: 'disabled', label: '已停用' },
          ]}
        />
        {visitor?.role === 'system-administrator' && (
          <Button type="primary" onClick={() => setCreating(true)}>
            建立账号
          </Button>
        )}
      </div>
      <Answered query={query}>
        {({ total, accounts }) => (
          <Card title="账号" note={`${total} 个`}>
            {accounts.length === 0 ? (
              <Empty why="没有符合条件的账号。请放宽条件再查。" />
            ) : (
              <AccountTable
                accounts={accounts}
                total={total}
                page={page}
                places={places}
                onPage={setPage}
                onOpen={setOpened}
              />
            )}
            <AccountDrawer
              account={accounts.find(({ account }) => account === opened)}
              choices={choices}
              onClose={() => setOpened(undefined)}
            />
          </Card>
        )}
      </Answered>
      <SignInRuleCard />
      <NewAccount open={creating} onClose={() => setCreating(false)} />
    </Page>
  )
}

function Choice<V extends string | number>(props: {
  label: string
  value: V | undefined
  options: readonly { value: V; label: string }[]
  width: number
  onChange: (value: V | undefined) => void
}) {
  return (
    <Select
      allowClear
      aria-label={props.label}
      placeholder={props.label}
      style={{ width: props.width }}
      value={props.value ?? null}
      options={[...props.options]}
      onChange={(value: V | null | undefined) => props.onChange(value ?? undefined)}
    />
  )
}

function AccountTable(props: {
  accounts: readonly AccountSeen[]
  total: number
  page: number
  places: Choices['places']
  onPage: (page: number) => void
  onOpen: (account: string) => void
}) {
  return (
    <Table
      size="small"
      rowKey="account"
      dataSource={[...props.accounts]}
      scroll={{ x: 760 }}
      pagination={
        props.total > 50
          ? {
              current: props.page,
              pageSize: 50,
              total: props.total,
              showSizeChanger: false,
              onChange: props.onPage,
            }
          : false
      }
      columns={[
        {
          title: '账号',
          render: (_, { account, name }) => (
            <button type="button" className="link-button" onClick={() => props.onOpen(account)}>
              {name}
              <span className="quiet"> {account}</span>
            </button>
          ),
        },
        { title: '状态', width: 110, render: (_, account) => <StateTag account={account} /> },
        { title: '现有授权', render: (_, { grants }) => <Held grants={grants} places={props.places} /> },
        { title: '第二因素', width: 90, align: 'right', dataIndex: 'factors' },
        {
          title: '最近活动',
          width: 150,
          render: (_, { seenAt }) =>
            (seenAt ? chinaMoment(seenAt) : undefined) ?? <span className="quiet">没有登录</span>,
        },
      ]}
    />
  )
}

function StateTag({ account }: { account: AccountSeen }) {
  if (account.state === 'disabled') return <span className="tag shortage">已停用</span>
  if (account.state === 'asleep') return <span className="tag waiting">休眠</span>
  if (account.grants.every(({ inForce }) => !inForce)) return <span className="tag waiting">待授权</span>
  return <span className="tag plain">在用</span>
}

function Held({ grants, places }: { grants: readonly GrantSeen[]; places: Choices['places'] }) {
  const { site } = useSession()
  const held = grants.filter(({ inForce }) => inForce)
  return (
    <>
      {held.map((grant) => (
        <div key={grant.grantId}>
          {roleName(grant.role)} <span className="quiet">{scopeWords(grant, places, site.cityId)}</span>
          {grant.until && <span className="quiet"> 至 {grant.until}</span>}
          {grant.delegatedBy && <span className="tag waiting">委托</span>}
        </div>
      ))}
    </>
  )
}
