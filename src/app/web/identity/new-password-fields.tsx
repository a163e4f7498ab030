import { Form, Input } from 'antd'

/** 新密码 — asked twice; whether it may be used is for the server to say. */
export function NewPasswordFields(props: { label?: string }) {
  return (
    <>
      <Form.Item
        name="password"
        label={props.label ?? '密码'}
        extra="至少 12 个字符，不能是已泄露的密码，不能含账号或姓名。几个不相关的词连在一起，又好记又难猜。"
        rules={[{ required: true, min: 12, message: '至少 12 个字符' }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再输一次"
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入不同')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
