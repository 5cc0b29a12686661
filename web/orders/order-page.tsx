/** Following an order: by code and phone, or straight from the checkout. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { order as texts } from '../i18n/vi.ts';
import { call, type Problem } from '../platform/api.ts';
import { need } from '../platform/dom.ts';
import { TextField } from '../ui/forms.tsx';
import { Failure, Loading, Notice } from '../ui/states.tsx';
import { forgetOrder, handOver, type OrderKey, takeOver } from './handover.ts';
import { type Order, OrderView } from './OrderView.tsx';

const t = translator('order', texts);
/** While money is awaited; a bank's message usually takes a few seconds. */
const pollMs = 5_000;
/** An order placed less than this ago is greeted as new. */
const newMs = 10 * 60_000;

const ask = ({ code, phone }: OrderKey) => call('GET /api/orders/{code}', { params: { code }, headers: { 'X-Customer-Phone': phone } });

function Lookup({ problem, onLook }: { problem: Problem | undefined; onLook: (key: OrderKey) => void }) {
  const [code, setCode] = useState('');
  const [phone, setPhone] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const look = (event: Event) => {
    event.preventDefault();
    const isComplete = code.trim() !== '' && phone.trim() !== '';
    setIsMissing(!isComplete);
    if (isComplete) onLook({ code: code.trim().toUpperCase(), phone: phone.trim() });
  };
  return (
    <form class="card form-section lookup" noValidate onSubmit={look}>
      <p>{t('lead')}</p>
      <TextField
        id="code"
        label={t('code')}
        hint={t('codeHint')}
        autocomplete="off"
        autocapitalize="characters"
        maxLength={40}
        value={code}
        onInput={(e) => setCode(e.currentTarget.value)}
      />
      <TextField
        id="phone"
        label={t('phone')}
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        maxLength={20}
        value={phone}
        onInput={(e) => setPhone(e.currentTarget.value)}
      />
      {isMissing && <Notice tone="bad">{t('missing')}</Notice>}
      {!isMissing &&
        problem &&
        (problem.code === 'not_found' ? <Notice tone="bad">{t('notFound')}</Notice> : <Failure problem={problem} />)}
      <button type="submit" class="button">
        {t('look')}
      </button>
    </form>
  );
}

function OrderPage() {
  const [orderKey, setOrderKey] = useState(takeOver);
  const [order, setOrder] = useState<Order>();
  const [problem, setProblem] = useState<Problem>();

  const look = async (key: OrderKey) => {
    setProblem(undefined);
    setOrderKey(key);
    const answer = await ask(key);
    if (answer.ok) {
      handOver(key);
      return setOrder(answer.data);
    }
    if (answer.problem.code === 'not_found') {
      forgetOrder();
      setOrderKey(undefined);
    }
    setProblem(answer.problem);
  };
  const leave = () => {
    forgetOrder();
    setOrder(undefined);
    setOrderKey(undefined);
    setProblem(undefined);
  };

  useEffect(() => {
    if (orderKey) void look(orderKey);
  }, []);

  const isAwaitingMoney = order?.packages.some((p) => p.status === 'pending_payment') ?? false;
  useEffect(() => {
    if (!isAwaitingMoney || !orderKey) return;
    const timer = setInterval(async () => {
      if (document.hidden) return;
      const answer = await ask(orderKey);
      if (answer.ok) setOrder(answer.data);
    }, pollMs);
    return () => clearInterval(timer);
  }, [isAwaitingMoney, orderKey]);

  if (order && orderKey) {
    return (
      <OrderView
        order={order}
        orderKey={orderKey}
        isNew={Date.now() - Date.parse(order.placedAt) < newMs}
        onChange={setOrder}
        onLeave={leave}
      />
    );
  }
  if (orderKey && !problem) return <Loading lines={8} />;
  return <Lookup problem={problem} onLook={(key) => void look(key)} />;
}

export function mountOrder(): void {
  const root = need('#order');
  root.replaceChildren();
  render(<OrderPage />, root);
}
