import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { roleName } from '../../../kernel/role.ts'
import type { AccountSeen, Choices, GrantSeen } from '../../../platform/access/identity-contract.ts'
import { Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { GrantForm } from './grant-form.tsx'
import { scopeWords, sourceWords, termWords } from './grant-words.ts'
import { OneTimeLink } from './one-time-link.tsx'
import { RenameAccount } from './rename-account.tsx'

/** 一个账号 — everything it was ever granted, and what this administrator may do to it. */
export function AccountDrawer(props: {
  account: AccountSeen | undefined
  choices: Choices | undefined
  onClose: () => void
}) {
  const { account, choices } = props
  return (
    <Drawer
      title={account && `${account.name}（${account.account}）`}
      open={account !== undefined}
      onClose={props.onClose}
      size={560}
      destroyOnHidden
    >
      {account && <Account account={account} choices={choices} />}
    </Drawer>
  )
}

function Account({ account, choices }: { account: AccountSeen; choices: Choices | undefined }) {
  const { visitor } = useSession()
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const [token, setToken] = useState<string>()
  const reread = () => {
    setError(undefined)
    return client.invalidateQueries({ queryKey: ['/api/accounts'] })
  }
  const path = `/api/accounts/${encodeURIComponent(account.account)}`
  const act = (method: 'POST' | 'PUT' | 'DELETE', rest: string, body?: object) =>
    api.send<{ token?: string }>(method, `${path}${rest}`, body).then((answer) => {
      setToken(answer.token)
      return reread()
    }, setError)
  const endGrant = (id: number) => api.send('DELETE', `/api/grants/${id}`).then(reread, setError)
  return (
    <>
      {error && <Problem error={error} />}
      {token && <OneTimeLink token={token} />}
      <p className="quiet" style={{ marginTop: 0 }}>
        {chinaMoment(account.createdAt, 'day')}{' '}
        {account.createdBy ? `由 ${account.createdBy} 建立` : '建站时建立'}；
        {account.hasPassword ? '已设密码' : '未设密码'}；第二因素 {account.factors} 个
        {account.externalId && `；统一认证标识 ${account.externalId}`}
      </p>
      {visitor?.role === 'system-administrator' && <SystemActs account={account} act={act} />}
      {visitor?.role === 'security-administrator' && <SecurityActs account={account} act={act} />}
      <h3>授权</h3>
      <ul className="rows">
        {account.grants.length === 0 && <li className="quiet">还没有任何授权，登录后什么也看不到。</li>}
        {account.grants.map((grant) => (
          <GrantRow key={grant.grantId} grant={grant} places={choices?.places ?? []}>
            {visitor?.role === 'security-administrator' && !grant.endedAt && (
              <Popconfirm title="立即失去这项授权。" okText="结束" onConfirm={() => endGrant(grant.grantId)}>
                <Button size="small">结束</Button>
              </Popconfirm>
            )}
          </GrantRow>
        ))}
      </ul>
      {visitor?.role === 'security-administrator' && visitor.account !== account.account && choices && (
        <GrantForm account={account.account} choices={choices} onDone={reread} />
      )}
    </>
  )
}

type Act = (method: 'POST' | 'PUT' | 'DELETE', rest: string, body?: object) => Promise<void>

function SystemActs({ account, act }: { account: AccountSeen; act: Act }) {
  return (
    <div className="page-tools">
      <RenameAccount account={account} onRename={(name) => act('PUT', '/name', { name })} />
      <Popconfirm
        title="旧密码在链接使用之前仍然有效；链接 24 小时内可用一次。"
        okText="发放链接"
        onConfirm={() => act('POST', '/password-link')}
      >
        <Button disabled={account.state !== 'active'}>发放设置密码的链接</Button>
      </Popconfirm>
      {account.state !== 'disabled' ? (
        <Popconfirm
          title="停用后立即退出全部登录，直到再次启用。"
          okText="停用"
          onConfirm={() => act('PUT', '/state', { state: 'disabled' })}
        >
          <Button danger>停用</Button>
        </Popconfirm>
      ) : (
        <Button onClick={() => act('PUT', '/state', { state: 'active' })}>启用</Button>
      )}
    </div>
  )
}

function SecurityActs({ account, act }: { account: AccountSeen; act: Act }) {
  return (
    <div className="page-tools">
      {account.state === 'asleep' && (
        <Popconfirm
          title="请先核实本人仍在岗。唤醒后用原来的密码和第二因素登录。"
          okText="唤醒"
          onConfirm={() => act('POST', '/wake')}
        >
          <Button type="primary">唤醒</Button>
        </Popconfirm>
      )}
      <Popconfirm
        title="立即退出这个账号在所有地方的登录；密码不变，本人可以再登录。"
        okText="处处退出"
        onConfirm={() => act('DELETE', '/sessions')}
      >
        <Button>处处退出</Button>
      </Popconfirm>
      <Button onClick={() => act('POST', '/unlock')}>解除登录等待</Button>
      <Popconfirm
        title="请先当面或电话核实本人。清除后立即退出，下次登录重新登记。"
        okText="清除"
        onConfirm={() => act('DELETE', '/factors')}
      >
        <Button danger>清除第二因素</Button>
      </Popconfirm>
    </div>
  )
}

function GrantRow(props: { grant: GrantSeen; places: Choices['places']; children: ReactNode }) {
  const { grant } = props
  const { site } = useSession()
  return (
    <li>
      <span className="grow">
        <strong className={grant.inForce ? '' : 'quiet'}>{roleName(grant.role)}</strong>
        {!grant.inForce && <span className="tag plain">{grant.endedAt ? '已结束' : '不在有效期'}</span>}
        {grant.delegatedBy && <span className="tag waiting">委托</span>}
        <br />
        {scopeWords(grant, props.places, site.cityId)}
        <br />
        <span className="quiet">
          {termWords(grant)}；{sourceWords(grant)}
        </span>
      </span>
      {props.children}
    </li>
  )
}
