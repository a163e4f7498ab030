import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Stage, stageNames, stages } from '../../../kernel/stage.ts'
import { Problem } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { OpeningBody } from '../act-contract.ts'
import { kindNames, profitNames, sectorNames, urbanRuralNames } from '../contract.ts'
import { BasisFields } from './basis-fields.tsx'
import { PlaceField } from './place-field.tsx'
import { useRecording } from './use-recording.ts'

type Fields = Omit<OpeningBody, 'premises'> & { readonly rooms?: string; readonly approvedCapacity?: string }

/** 登记开办 — a new institution with its rooms; afterwards its file opens. */
export function OpeningForm() {
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const { send, error, sending } = useRecording('/api/institutions', ({ institutionId }) =>
    navigate({ to: `/institutions/${institutionId}` } as never),
  )
  return (
    <>
      <Button onClick={() => setOpen(true)}>登记开办</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title="登记开办"
        size="large"
        closable={{ 'aria-label': '关闭' }}
        destroyOnHidden
      >
        <Form
          layout="vertical"
          requiredMark={false}
          scrollToFirstError={{ block: 'center' }}
          initialValues={{ publicInterest: false, townshipCentral: false, boarding: false }}
          onFinish={(fields: Fields) => send(openingOf(fields))}
        >
          <SchoolFields />
          <BasisFields />
          {error && <Problem error={error} />}
          <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 12 }}>
            登记
          </Button>
        </Form>
      </Drawer>
    </>
  )
}

/** Rooms and approved seats belong to the first stage; the others are filed with the premises later. */
function openingOf({ rooms, approvedCapacity, ...fields }: Fields): OpeningBody {
  const number = (text: string | undefined) => (text ? { value: Number(text) } : undefined)
  const [first] = fields.stages as [Stage, ...Stage[]]
  const seats = number(approvedCapacity)
  const filed = number(rooms)
  return {
    ...fields,
    premises: [
      {
        stage: first,
        ...(filed && { rooms: filed.value }),
        ...(seats && { approvedCapacity: seats.value }),
      },
    ],
  }
}

function SchoolFields() {
  const [countyId, setCountyId] = useState<number>()
  const counties = useAnswer<{ countyId: number; name: string }[]>('/api/counties')
  const required = (what: string) => [{ required: true, message: `请填写${what}` }]
  const chosen = (what: string) => [{ required: true, message: `请选择${what}` }]
  const choices = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }))
  return (
    <>
      <Form.Item name="name" label="名称" rules={required('名称')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="code"
        label="标识码"
        rules={[...required('标识码'), { pattern: /^\d{10}$/, message: '标识码应为 10 位数字' }]}
      >
        <Input maxLength={10} />
      </Form.Item>
      <Form.Item name="kind" label="类别" rules={chosen('类别')}>
        <Select options={choices(kindNames)} />
      </Form.Item>
      <Form.Item name="stages" label="学段" rules={chosen('学段')}>
        <Checkbox.Group options={stages.map((value) => ({ value, label: stageNames[value] }))} />
      </Form.Item>
      <Form.Item name="sector" label="办学性质" rules={chosen('办学性质')}>
        <Select options={choices(sectorNames)} />
      </Form.Item>
      <Form.Item name="profitStatus" label="营利性质（民办填，可不填）">
        <Select allowClear options={choices(profitNames)} />
      </Form.Item>
      {(
        [
          ['publicInterest', '认定为普惠性'],
          ['townshipCentral', '乡镇中心校（园）'],
          ['boarding', '寄宿制'],
        ] as const
      ).map(([name, label]) => (
        <Form.Item key={name} name={name} valuePropName="checked" noStyle>
          <Checkbox>{label}</Checkbox>
        </Form.Item>
      ))}
      <Form.Item name="urbanRural" label="城乡分类" rules={chosen('城乡分类')}>
        <Select options={choices(urbanRuralNames)} />
      </Form.Item>
      <Form.Item name="countyId" label="县（市、区）" rules={chosen('县（市、区）')}>
        <Select
          onChange={setCountyId}
          options={(counties.data ?? []).map(({ countyId: value, name }) => ({ value, label: name }))}
        />
      </Form.Item>
      {countyId !== undefined && <PlaceField key={countyId} name="unitId" countyId={countyId} />}
      <Form.Item name="rooms" label="教室（间，可不填）">
        <Input type="number" min={0} />
      </Form.Item>
      <Form.Item name="approvedCapacity" label="核定规模（个学位，可不填）">
        <Input type="number" min={0} />
      </Form.Item>
    </>
  )
}
