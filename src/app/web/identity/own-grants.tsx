import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { roleName } from '../../../kernel/role.ts'
import type { Choices, GrantSeen } from '../../../platform/access/identity-contract.ts'
import { Answered, Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { DelegationForm } from './delegation-form.tsx'
import { scopeWords, sourceWords, termWords } from './grant-words.ts'

/** 我的授权 — what one holds, what one handed on, and handing on part of it for a while. */
export function OwnGrants() {
  const query = useAnswer<{ own: GrantSeen[]; handedOn: GrantSeen[] }>('/api/delegations')
  const { data: choices } = useAnswer<Choices>('/api/access/choices')
  return (
    <Answered query={query}>
      {({ own, handedOn }) => (
        <GrantsCard own={own.filter(({ inForce }) => inForce)} handedOn={handedOn} choices={choices} />
      )}
    </Answered>
  )
}

function GrantsCard(props: { own: GrantSeen[]; handedOn: GrantSeen[]; choices: Choices | undefined }) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const [giving, setGiving] = useState<GrantSeen>()
  const places = props.choices?.places ?? []
  const takeBack = (id: number) =>
    api
      .send('DELETE', `/api/delegations/${id}`)
      .then(() => client.invalidateQueries({ queryKey: ['/api/delegations'] }), setError)
  const mayHandOn = (grant: GrantSeen) => !grant.delegatedBy && grant.counties.length > 0
  return (
    <Card title="我的授权" note="由安全管理员授予；可以把其中一部分委托给同事，到期自动收回">
      {error && <Problem error={error} />}
      <ul className="rows">
        {props.own.length === 0 && (
          <li className="quiet">还没有授权。请联系安全管理员，说明岗位和管辖范围。</li>
        )}
        {props.own.map((grant) => (
          <li key={grant.grantId}>
            <GrantText grant={grant} places={places} />
            {mayHandOn(grant) && (
              <Button size="small" onClick={() => setGiving(grant)}>
                委托
              </Button>
            )}
          </li>
        ))}
        {props.handedOn.map((grant) => (
          <li key={grant.grantId}>
            <GrantText grant={grant} places={places} to={grant.account} />
            <Popconfirm
              title="对方立即失去这项授权。"
              okText="收回"
              onConfirm={() => takeBack(grant.grantId)}
            >
              <Button size="small">收回</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <DelegationForm grant={giving} choices={props.choices} onClose={() => setGiving(undefined)} />
    </Card>
  )
}

function GrantText(props: { grant: GrantSeen; places: Choices['places']; to?: string }) {
  const { grant } = props
  const { site } = useSession()
  return (
    <span className="grow">
      <strong>{roleName(grant.role)}</strong>
      {props.to && <span className="tag waiting">已委托给 {props.to}</span>}
      <br />
      {scopeWords(grant, props.places, site.cityId)}
      <br />
      <span className="quiet">
        {termWords(grant)}；{sourceWords(grant)}
      </span>
    </span>
  )
}
