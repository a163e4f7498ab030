import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Lacking } from '../../../ui/lacking.tsx'
import { missingOf } from '../../../ui/missing-of.ts'
import { Answered, Card, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { type ComplaintForm, type ComplaintStatus, complaintStands } from '../complaint-contract.ts'

/** 投诉举报 — for whoever is not signed in: what happened at which school, and later, by the receipt, what came of it. */
export function ComplaintDoorPage() {
  const query = useAnswer<ComplaintForm>('/api/complaint-form')
  return (
    <main className="door" style={{ maxWidth: 720 }}>
      <h1 className="page-title">投诉举报</h1>
      <p className="page-answer">
        不必登录，也不必留姓名。您写的内容加密保存，只有核查的人能看；提交后给您一个回执号，凭它查办理情况。
      </p>
      <Answered query={query} rows={8}>
        {(form) => <HandIn form={form} />}
      </Answered>
      <AskStatus />
      <p className="quiet">
        <a href="/sign-in">工作人员登录</a>
      </p>
    </main>
  )
}

function HandIn({ form }: { form: ComplaintForm }) {
  const [countyId, setCounty] = useState<number>()
  const [school, setSchool] = useState('')
  const [rule, setRule] = useState<string>()
  const [words, setWords] = useState('')
  const [contact, setContact] = useState('')
  const sending = useSend<object, { receipt: string }>('POST', '/api/complaint-form')
  if (sending.data) return <Received receipt={sending.data.receipt} />
  const send = () =>
    sending.mutate({
      ...{ countyId, school, words },
      ...(rule && { rule }),
      ...(contact.trim() && { contact }),
    })
  const needed = { '县（市、区）': countyId, '学校（园）': school, 情况: words }
  return (
    <Card title="我要反映">
      <Form layout="vertical" onFinish={send}>
        <Form.Item label="县（市、区）">
          <Select
            aria-label="学校所在的县（市、区）"
            style={{ width: '100%' }}
            placeholder="学校所在的县（市、区）"
            value={countyId}
            onChange={setCounty}
            options={form.counties.map((each) => ({ value: each.countyId, label: each.county }))}
          />
        </Form.Item>
        <Form.Item label="学校（园）">
          <Input
            aria-label="学校名称"
            placeholder="学校或幼儿园的名称"
            maxLength={60}
            value={school}
            onChange={({ target }) => setSchool(target.value)}
          />
        </Form.Item>
        <Form.Item label="问题种类">
          <Select
            aria-label="问题种类"
            style={{ width: '100%' }}
            placeholder="不确定可以不选"
            allowClear
            value={rule}
            onChange={setRule}
            options={form.kinds.map(({ rule: value, zh }) => ({ value, label: zh }))}
          />
        </Form.Item>
        <Form.Item label="情况">
          <Input.TextArea
            aria-label="情况"
            placeholder="何时、何地、发生了什么；请不要写孩子的姓名和身份证号"
            rows={6}
            maxLength={2000}
            showCount
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </Form.Item>
        <Form.Item label="联系方式">
          <Input
            aria-label="联系方式"
            placeholder="愿意接受回访的，留电话或邮箱；可以不填"
            maxLength={200}
            value={contact}
            onChange={({ target }) => setContact(target.value)}
          />
        </Form.Item>
        <Button
          type="primary"
          htmlType="submit"
          loading={sending.isPending}
          disabled={missingOf(needed).length > 0}
        >
          提交
        </Button>{' '}
        <Lacking of={needed} />
      </Form>
      {sending.error && <Problem error={sending.error} />}
    </Card>
  )
}

function Received({ receipt }: { receipt: string }) {
  return (
    <Card title="已收到">
      <p className="page-answer">
        回执号 <strong style={{ whiteSpace: 'nowrap' }}>{receipt}</strong>
      </p>
      <p>请抄下或截图保存：回执号只显示这一次，平台不保存原号，丢了不能补发。</p>
    </Card>
  )
}

function AskStatus() {
  const [receipt, setReceipt] = useState('')
  const asking = useSend<object, ComplaintStatus>('POST', '/api/complaint-status')
  const status = asking.data
  return (
    <Card title="查办理情况">
      <Input.Search
        aria-label="回执号"
        placeholder="16 位回执号"
        enterButton="查询"
        maxLength={40}
        loading={asking.isPending}
        value={receipt}
        onChange={({ target }) => setReceipt(target.value)}
        onSearch={(text) => text.trim() && asking.mutate({ receipt: text })}
      />
      {asking.error && <Problem error={asking.error} />}
      {status && (
        <>
          <p className="page-answer">
            {status.receivedOn} 收到，{complaintStands[status.stand]}。
          </p>
          {status.steps.map(({ act, doneOn, says }) => (
            <p key={`${doneOn} ${act}`} style={{ whiteSpace: 'pre-wrap' }}>
              {doneOn} {act}
              {says && `：${says}`}
            </p>
          ))}
        </>
      )}
    </Card>
  )
}
