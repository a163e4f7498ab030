import { useQueryClient } from '@tanstack/react-query'
import { Radio, Select } from 'antd'
import { useState } from 'react'
import type { SignInRule } from '../../../platform/access/identity-contract.ts'
import { Answered, Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'

/** 登录规则 — read by the three administrators, changed by the security administrator. */
export function SignInRuleCard() {
  const query = useAnswer<SignInRule>('/api/access/rule')
  return <Answered query={query}>{(rule) => <RuleCard rule={rule} />}</Answered>
}

/** The usual terms, and whatever stands now. */
const dormantOffers = (now: number) => [...new Set([30, 60, 90, 180, now])].sort((a, b) => a - b)

function RuleCard({ rule }: { rule: SignInRule }) {
  const { visitor } = useSession()
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const disabled = visitor?.role !== 'security-administrator'
  const change = (part: Partial<SignInRule>) =>
    api
      .send('PUT', '/api/access/rule', { ...rule, ...part })
      .then(() => client.invalidateQueries({ queryKey: ['/api/access/rule'] }), setError)
  return (
    <div style={{ marginTop: 14 }}>
      <Card title="登录规则" note={disabled ? '由安全管理员设定' : '从下次登录起执行'}>
        {error && <Problem error={error} />}
        <ul className="rows">
          <li>
            <span className="grow">密码</span>
            <Radio.Group
              disabled={disabled}
              value={rule.passwordProfile}
              onChange={(event) => change({ passwordProfile: event.target.value })}
              options={[
                { value: 'asvs', label: '至少 12 个字符，不在泄露名单（推荐）' },
                { value: 'djbh', label: '另加等保要求：三类字符，90 天更换' },
              ]}
            />
          </li>
          <li>
            <span className="grow">工作人员的第二因素</span>
            <Radio.Group
              disabled={disabled}
              value={rule.secondFactor}
              onChange={(event) => change({ secondFactor: event.target.value })}
              options={[
                { value: 'required', label: '必须' },
                { value: 'offered', label: '可选' },
              ]}
            />
          </li>
          <li>
            <span className="grow">多少天没有登录就休眠，等安全管理员唤醒</span>
            <Select
              aria-label="多少天没有登录就休眠"
              disabled={disabled}
              style={{ width: 110 }}
              value={rule.dormantDays}
              onChange={(dormantDays) => change({ dormantDays })}
              options={dormantOffers(rule.dormantDays).map((days) => ({ value: days, label: `${days} 天` }))}
            />
          </li>
        </ul>
      </Card>
    </div>
  )
}
