import { Button } from 'antd'
import type { Session } from '../../../platform/access/identity-contract.ts'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'

type Demonstration = Session['demonstrationAccounts'][number]

/** What each role comes here for, by the side on which it stands. */
const sides: readonly { readonly zh: string; readonly words: Readonly<Record<string, string>> }[] = [
  {
    zh: '市级部门',
    words: {
      'city-planning-finance': '看全市学位供需和目标进度，做情景方案，管口径与参数，导入各县台账',
      'city-basic-education': '牵头各项任务，审核填报，办理市级整改，审批公文',
      'city-supervision': '立项、交办、复核问题，举行双随机抽查，查投诉举报',
      'city-personnel': '看教师方面的任务，对缺编制岗位的问题提会办意见',
      'city-moral-sports-arts': '看体育、美育、心理健康方面的任务和填报',
      'city-special-education': '看特殊教育方面的任务、填报和学生信息',
      finance: '看项目资金到位和差额，对缺经费的问题提会办意见',
      'development-reform': '看扩优提质项目的进度，是否纳入发展规划',
    },
  },
  {
    zh: '督学、乡镇和学校',
    words: {
      inspector: '到责任区学校入校督导，现场记录，立项和复核问题',
      'township-centre': '先审本乡镇学校报来的表，再送县里',
      principal: '看本校档案和问题，报送整改',
      'school-clerk': '填本校的报表，导入本校在校生',
    },
  },
  {
    zh: '平台管理员（三员分立，不看业务数据）',
    words: {
      'system-administrator': '建立、停用账号，发放设置密码的链接',
      'security-administrator': '给账号授予角色与范围，解锁，定登录规则',
      'audit-administrator': '看谁在何时办了什么、谁有什么授权，核验审计是否完好',
    },
  },
]

interface Props {
  readonly onDone: (step: { stage: 'factor' | 'enrol' | 'password' | 'full' }) => void
  readonly onError: (error: AnswerError) => void
}

/** 演示角色 — who one may be on a demonstration site, side by side with what each comes for; the counties close together. */
export function DemonstrationRoles({ onDone, onError }: Props) {
  const { demonstrationAccounts } = useSession()
  const api = useApi()
  const enter = ({ account }: Demonstration) =>
    api.send<Parameters<Props['onDone']>[0]>('POST', '/api/session', { account }).then(onDone, onError)
  const inRole = (role: string) => demonstrationAccounts.filter((each) => each.role === role)
  const [city, ...others] = sides
  if (!city) return null
  return (
    <section className="card">
      <p style={{ marginTop: 0 }}>
        这是演示城市，请选一个角色进入。演示角色不需要密码，只在演示站点有；做过的事和真实使用一样留痕。
      </p>
      <Side zh={city.zh} words={city.words} inRole={inRole} enter={enter} />
      <Counties officers={inRole('county-bureau')} enter={enter} />
      {others.map((side) => (
        <Side key={side.zh} zh={side.zh} words={side.words} inRole={inRole} enter={enter} />
      ))}
    </section>
  )
}

interface SideProps {
  readonly zh: string
  readonly words: Readonly<Record<string, string>>
  readonly inRole: (role: string) => readonly Demonstration[]
  readonly enter: (who: Demonstration) => void
}

function Side({ zh, words, inRole, enter }: SideProps) {
  return (
    <>
      <h2>{zh}</h2>
      <ul className="rows">
        {Object.entries(words).flatMap(([role, comesFor]) =>
          inRole(role).map((who) => (
            <li key={who.account}>
              <span className="grow">
                <strong>{who.name}</strong>
                <br />
                <span className="quiet">{comesFor}</span>
              </span>
              <Enter who={who} enter={enter} />
            </li>
          )),
        )}
      </ul>
    </>
  )
}

/** Two officers each, since a county's paper wants a second person. */
function Counties({ officers, enter }: { officers: readonly Demonstration[]; enter: SideProps['enter'] }) {
  const second = (account: string) => officers.find((each) => each.account === `${account}-second`)
  return (
    <>
      <h2>县（市、区）</h2>
      <p className="quiet">
        审本县学校的填报，立项、交办和复核问题，填县级台账，签收市里来文。本县公文须由另一人审批，所以每县有两个人。
      </p>
      <ul className="rows two-columns">
        {officers
          .filter(({ account }) => !account.endsWith('-second'))
          .map((who) => (
            <li key={who.account}>
              <strong className="grow">{who.name}</strong>
              <Enter who={who} enter={enter} />
              <Enter who={second(who.account)} enter={enter} words="分管负责人" />
            </li>
          ))}
      </ul>
    </>
  )
}

function Enter(props: { who: Demonstration | undefined; enter: SideProps['enter']; words?: string }) {
  const { who, enter, words = '进入' } = props
  if (!who) return null
  return (
    <Button onClick={() => enter(who)} aria-label={`以${who.name}身份进入`}>
      {words}
    </Button>
  )
}
