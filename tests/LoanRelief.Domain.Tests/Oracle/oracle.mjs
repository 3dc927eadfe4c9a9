// Works out schedules and relief by other means than the program: whole fractions of BigInt instead of decimals, one
// day at a time instead of by spans, lists instead of formulas for dates. Nothing here is shared with the program but
// the holiday data, which another test holds against the npm package chinese-days.
//
//   node oracle.mjs            writes the worked cases to standard output
//   node oracle.mjs > cases.json
//
// The tests read the committed cases.json, and one of them checks that this script still writes the same.
import { readFileSync } from 'node:fs';

// ---- fractions ----
const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const frac = (n, d = 1n) => { const g = gcd(n, d) || 1n; return { n: n / g, d: d / g }; };
const plus = (a, b) => frac(a.n * b.d + b.n * a.d, a.d * b.d);
const times = (a, b) => frac(a.n * b.n, a.d * b.d);
const over = (a, b) => frac(a.n * b.d, a.d * b.n);
const whole = (n) => frac(BigInt(n));
const decimal = (text) => { const [w, f = ''] = String(text).split('.'); return frac(BigInt(w + f), 10n ** BigInt(f.length)); };
const halfUp = (a) => (2n * a.n + a.d) / (2n * a.d); // amounts are never negative here
const power = (a, n) => (n === 0 ? whole(1) : times(a, power(a, n - 1)));
const fen = (yuan) => halfUp(times(decimal(yuan), whole(100)));
const yuan = (f) => `${f < 0n ? '-' : ''}${(f < 0n ? -f : f) / 100n}.${String((f < 0n ? -f : f) % 100n).padStart(2, '0')}`;
const sum = (list) => list.reduce((a, b) => a + b, 0n);
const least = (a, b) => (a < b ? a : b);

// ---- dates: days since 1970-01-01 ----
const day = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86400000;
const iso = (d) => new Date(d * 86400000).toISOString().slice(0, 10);
const parts = (d) => iso(d).split('-').map(Number);
const daysInMonth = (y, m) => new Date(Date.UTC(y, m, 0)).getUTCDate();
const addMonths = (d, months) => {
  const [y, m, dd] = parts(d);
  const index = y * 12 + (m - 1) + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return Date.UTC(year, month - 1, Math.min(dd, daysInMonth(year, month))) / 86400000;
};
const dayCount = {
  actual360: (a, b) => frac(BigInt(b - a), 360n),
  actual365Fixed: (a, b) => frac(BigInt(b - a), 365n),
  thirty360: (a, b) => {
    let [[y1, m1, d1], [y2, m2, d2]] = [parts(a), parts(b)];
    if (d1 === 31) d1 = 30;
    if (d2 === 31 && d1 === 30) d2 = 30;
    return frac(BigInt((y2 - y1) * 360 + (m2 - m1) * 30 + (d2 - d1)), 360n);
  },
};

// ---- working days ----
const [off, worked] = [new Set(), new Set()];
const data = JSON.parse(readFileSync(new URL('../../../src/LoanRelief.Domain/Calendars/china-holidays.json', import.meta.url)));
for (const { holidays } of Object.values(data.years)) {
  for (const { from, to, makeUpDays = [] } of holidays) {
    for (let d = day(from); d <= day(to); d++) off.add(d);
    makeUpDays.forEach((each) => worked.add(day(each)));
  }
}
const weekday = (d) => (((d + 4) % 7) + 7) % 7; // 0 is Sunday
const works = (d) => worked.has(d) || (!off.has(d) && weekday(d) > 0 && weekday(d) < 6);
const roll = (d) => (works(d) ? d : roll(d + 1));

// ---- rows of a contract: dates and shares of a year, no amounts ----
// A last period of less than a week, or what the contract says instead, joins the one before it; a maturity that took in a date in that way stays a due
// date when the maturity is moved. It also keeps the day to which it rolled, and so does a date of the series in between.
function periodsOf(loan, maturity = day(loan.maturity)) {
  const former = maturity === day(loan.maturity) ? [] : [day(loan.maturity)];
  const isShort = (from, to) => to > from && to - from < (loan.shortestLastPeriodDays ?? 7);
  const start = day(loan.drawnOn);
  const bullet = loan.repaymentMethod === 'bullet';
  const step = loan.periodMonths ?? 1;
  const first = loan.firstDueDate ? day(loan.firstDueDate) : null;
  const wholeFirst = first === null || first === addMonths(start, step) || addMonths(first, -step) === start;
  const inSeries = (k) => (first !== null && first !== addMonths(start, step) ? addMonths(first, k * step) : addMonths(start, (k + 1) * step));
  const named = first === null ? 0 : 1;
  const dues = [];
  for (let k = 0; !bullet && inSeries(k) < maturity; k++)
    dues.push((k >= named && former.find((f) => isShort(inSeries(k), f))) || inSeries(k));
  const onSeries = inSeries(dues.length) === maturity;
  if (dues.length > named && isShort(dues.at(-1), maturity)) dues.pop();
  dues.push(maturity);
  const byMonths = ['equalInstalment', 'equalPrincipal'].includes(loan.repaymentMethod);
  const rule = loan.holidayRule ?? 'roll';
  const count = dayCount[loan.dayCount ?? 'actual360'];
  const rows = [];
  let from = bullet && loan.interestPaidTo ? day(loan.interestPaidTo) : start;
  let wholeBefore = wholeFirst;
  dues.forEach((due, i) => {
    const last = i === dues.length - 1;
    const regular = last ? onSeries : due === inSeries(i);
    const kept = [...former, ...(loan.originalMaturity ? [day(loan.originalMaturity)] : [])].some((m) => m <= due && due <= roll(m));
    const payBy = rule === 'roll' || (rule === 'rollMaturity' && (last || kept)) ? roll(due) : due;
    const to = byMonths && !last ? due : payBy;
    const isWhole = byMonths && wholeBefore && regular;
    wholeBefore = regular;
    // Pieces of [from, to): one or two stretches, each with the share of a year that it counts as.
    const pieces = isWhole ? [[from, due, frac(BigInt(step), 12n)]] : [];
    const rest = isWhole ? due : from;
    if (rest < to) pieces.push([rest, to, count(rest, to)]);
    rows.push({ number: i + 1, from, to, due, payBy, pieces });
    from = to;
  });
  return rows;
}

// ---- principal by row ----
function principalOf(loan, balance, n) {
  const rate = decimal(loan.rate);
  const i = times(rate, frac(BigInt(loan.periodMonths ?? 1), 12n));
  const growth = power(plus(whole(1), i), n);
  const equal = {
    equalInstalment: () => (i.n === 0n ? halfUp(frac(balance, BigInt(n))) : halfUp(over(times(times(whole(balance), i), growth), plus(growth, whole(-1))))),
    equalPrincipal: () => halfUp(frac(balance, BigInt(n))),
  }[loan.repaymentMethod]?.();
  const list = [];
  for (let k = 0, left = balance; k < n; k++) {
    let p = 0n;
    if (k === n - 1) p = left;
    else if (loan.repaymentMethod === 'equalInstalment') p = least(equal - halfUp(times(whole(left), i)), left);
    else if (loan.repaymentMethod === 'equalPrincipal') p = least(equal, left);
    list.push(p);
    left -= p;
  }
  return list;
}

// Interest of a row when the rate is that of each day: every day of a stretch weighs the same.
function interestOf(row, balance, rateOn) {
  let exact = whole(0);
  for (const [from, to, share] of row.pieces) {
    const rates = new Map();
    for (let d = from; d < to; d++) rates.set(rateOn(d), (rates.get(rateOn(d)) ?? 0) + 1);
    for (const [rate, days] of rates) exact = plus(exact, times(times(decimal(rate), share), frac(BigInt(days), BigInt(to - from))));
  }
  return halfUp(times(exact, whole(balance)));
}

const at = (rate) => () => rate;
const text = (r) => `${r.number} ${iso(r.due)} ${iso(r.payBy)} ${yuan(r.principal)} ${yuan(r.interest)} ${yuan(r.balance)}`;

function amortise(loan, periods, principal, balance) {
  return periods.map((row, i) => {
    const interest = interestOf(row, balance, at(loan.rate));
    balance -= principal[i];
    return { ...row, principal: principal[i], interest, balance };
  });
}

// What remains on a day, arrears apart: the rest of the contract's rows when the balance fits them, else a new spread of
// the balance.
function remaining(loan, asOf) {
  const periods = periodsOf(loan);
  const contract = amortise(loan, periods, principalOf(loan, fen(loan.principal), periods.length), fen(loan.principal));
  const outstanding = fen(loan.outstanding ?? loan.principal) - sum((loan.principalArrears ?? []).map((each) => fen(each.amount)));
  const past = contract.filter((r) => r.payBy < asOf).length;
  const fits = (past === 0 ? fen(loan.principal) : contract[past - 1].balance) === outstanding;
  const rest = periods.slice(past);
  return { past, outstanding, rows: fits ? contract.slice(past) : amortise(loan, rest, principalOf(loan, outstanding, rest.length), outstanding) };
}

// ---- changes ----
function relieve(loan, asOf, changes) {
  const before = remaining(loan, asOf);
  const of = (type) => changes.find((c) => c.type === type);
  const [deferral, extension, cut] = ['deferral', 'extension', 'rateCut'].map(of);

  let maturity = extension ? day(extension.newMaturity) : day(loan.maturity);
  let agreed = before.rows.map((r) => ({ ...r }));
  if (extension) {
    const rows = periodsOf(loan, maturity).slice(before.past);
    const principal = principalOf(loan, before.outstanding, rows.length);
    agreed = rows.map((r, i) => ({ ...r, principal: principal[i] }));
  }

  let plan = agreed;
  let held = 0;
  if (deferral) {
    const step = loan.periodMonths ?? 1;
    held = loan.repaymentMethod === 'bullet' ? 1
      : deferral.months !== undefined ? deferral.months / step
      : agreed.filter((r) => r.due < day(deferral.until)).length;
    const longer = deferral.term !== 'keep';
    const instalments = ['equalInstalment', 'equalPrincipal'].includes(loan.repaymentMethod);
    if (longer) {
      const months = deferral.months ?? held * step;
      maturity = deferral.until && !instalments ? Math.max(maturity, day(deferral.until)) : addMonths(maturity, months);
    }
    let rows;
    if (loan.repaymentMethod === 'bullet') {
      const end = periodsOf(loan, maturity)[0];
      const old = agreed[0];
      rows = [old, { ...end, number: 2, from: old.to, pieces: [[old.to, end.to, dayCount[loan.dayCount ?? 'actual360'](old.to, end.to)]] }];
    } else {
      rows = periodsOf(loan, maturity).slice(before.past);
      if (deferral.until && longer && !instalments) held = rows.filter((r) => r.due < day(deferral.until)).length;
      held = Math.min(held, rows.length - 1);
    }
    if (longer) {
      // Each payment keeps its amount and moves by the rows held; the last one falls due at the new maturity.
      plan = rows.map((r) => ({ ...r, principal: 0n }));
      agreed.forEach((r, i) => { plan[i === agreed.length - 1 ? plan.length - 1 : Math.min(i + held, plan.length - 1)].principal += r.principal; });
    } else {
      const spread = principalOf(loan, before.outstanding, rows.length - held);
      plan = rows.map((r, i) => ({ ...r, principal: i < held ? 0n : spread[i - held] }));
    }
  }

  const deferred = plan.map((r) => ({ payBy: r.payBy, principal: r.principal }));

  const relieved = cut ? (cut.newRate ?? roundedDown(loan.rate, cut.share)) : loan.rate;
  const cutFrom = cut?.from ? day(cut.from) : asOf;
  const cutUntil = cut?.until ? day(cut.until) : Infinity;
  const rateOn = (d) => (cut && d >= cutFrom && d < cutUntil ? relieved : loan.rate);
  const rebate = cut?.mode === 'rebateAfterCollection';
  const holdsInterest = deferral?.part === 'principalAndInterest';

  let [balance, gathered, would, paid] = [before.outstanding, 0n, 0n, 0n];
  const after = [];
  const rebates = [];
  plan.forEach((row, i) => {
    const full = interestOf(row, balance, at(loan.rate));
    const lower = interestOf(row, balance, rateOn);
    would += full;
    paid += lower;
    const accrued = rebate ? full : lower;
    let interest = accrued;
    if (holdsInterest && i < held) {
      gathered += accrued;
      interest = 0n;
    }
    if (rebate && full > lower) rebates.push(full - lower);
    balance -= row.principal;
    if (holdsInterest && deferral.interest === 'capitalise' && i === held - 1) {
      balance += gathered;
      gathered = 0n;
      const again = principalOf(loan, balance, plan.length - held);
      plan = plan.map((r, k) => (k < held ? r : Object.assign(r, { principal: again[k - held] })));
    }
    after.push({ ...row, interest, balance });
  });
  if (holdsInterest && deferral.interest === 'atEnd') after.at(-1).interest += gathered;
  else if (holdsInterest && gathered > 0n) {
    const each = halfUp(frac(gathered, BigInt(plan.length - held)));
    let left = gathered;
    after.slice(held).forEach((row, i, rows) => {
      const share = i === rows.length - 1 ? left : least(each, left);
      row.interest += share;
      left -= share;
    });
  }

  return {
    maturity: iso(maturity),
    before: before.rows.map(text),
    after: after.map(text),
    interest: [would, paid].map(yuan),
    penalty: yuan(deferral ? penalty(loan, agreed, deferred) : 0n),
    rebates: rebates.map(yuan),
  };
}

// The uplift on principal that is paid later than agreed, day by day; rounded for each stretch of an equal amount.
// Interest that joined the principal is none of it.
function penalty(loan, agreed, after) {
  const count = dayCount[loan.dayCount ?? 'actual360'];
  const uplift = times(decimal(loan.rate), decimal(loan.penaltyUplift ?? '0.5'));
  const late = (d) => sum(agreed.filter((r) => r.payBy <= d).map((r) => r.principal)) - sum(after.filter((r) => r.payBy <= d).map((r) => r.principal));
  let total = 0n;
  let from = agreed[0].payBy;
  const end = after.at(-1).payBy;
  for (let d = from; d <= end; d++) {
    if (d < end && late(d) === late(from)) continue;
    if (late(from) > 0n) total += halfUp(times(times(uplift, count(from, d)), whole(late(from))));
    from = d;
  }
  return total;
}

// A ceiling: four decimals of a percent, rounded down.
function roundedDown(rate, share) {
  const exact = times(decimal(rate), plus(whole(1), times(whole(-1), decimal(share))));
  const millionths = (exact.n * 1000000n) / exact.d;
  return `0.${String(millionths).padStart(6, '0')}`;
}

// ---- the cases ----
const cases = [];
const add = (name, loan, asOf, ...changes) => cases.push({ name, loan, asOf, changes, ...relieve(loan, day(asOf), changes) });

const methods = ['equalInstalment', 'equalPrincipal', 'interestThenPrincipal', 'bullet'];
const counts = ['actual360', 'actual365Fixed', 'thirty360'];
const amounts = ['579000.00', '1234567.89', '9999999.99', '80000.00'];
const rates = ['0.0435', '0.039172', '0.0365', '0.120001'];
methods.forEach((repaymentMethod, m) => counts.forEach((count, c) => {
  const terms = { principal: amounts[(m + c) % 4], rate: rates[(2 * m + c) % 4], dayCount: count, repaymentMethod };
  add(`${repaymentMethod}, monthly, ${count}`, { ...terms, drawnOn: '2023-03-15', maturity: '2025-03-15' }, '2023-03-15');
  if (repaymentMethod !== 'bullet')
    add(`${repaymentMethod}, quarterly on the 20th, ${count}`, { ...terms, periodMonths: 3, drawnOn: '2022-11-07', firstDueDate: '2022-12-20', maturity: '2024-11-07' }, '2022-11-07');
}));
const million = { principal: '1000000.00', rate: '0.0435', repaymentMethod: 'equalInstalment' };
add('drawn on the 31st', { ...million, drawnOn: '2023-08-31', maturity: '2024-08-31' }, '2023-08-31');
add('drawn on 29 February', { ...million, repaymentMethod: 'interestThenPrincipal', drawnOn: '2024-02-29', maturity: '2025-02-28' }, '2024-02-29');
add('no interest', { ...million, rate: '0', drawnOn: '2024-01-10', maturity: '2025-01-10' }, '2024-01-10');
add('hardly more than the number of instalments in fen', { ...million, principal: '0.13', drawnOn: '2024-01-10', maturity: '2025-01-10' }, '2024-01-10');
add('thirty years of equal instalments', { ...million, principal: '3000000.00', rate: '0.041', drawnOn: '2015-05-20', maturity: '2045-05-20', holidayRule: 'rollMaturity' }, '2026-01-01');
add('thirty years, nothing rolls', { ...million, principal: '3000000.00', rate: '0.0325', repaymentMethod: 'equalPrincipal', drawnOn: '2015-05-20', maturity: '2045-05-20', holidayRule: 'stay' }, '2015-05-20');
add('matures in the Spring Festival', { ...million, drawnOn: '2025-02-18', maturity: '2026-02-18' }, '2025-02-18');
add('matures in the Spring Festival, stays', { ...million, drawnOn: '2025-02-18', maturity: '2026-02-18', holidayRule: 'stay' }, '2025-02-18');
add('interest due on holidays', { ...million, repaymentMethod: 'interestThenPrincipal', drawnOn: '2024-10-01', maturity: '2025-10-05' }, '2024-10-01');
add('a broken last period of equal instalments', { ...million, drawnOn: '2024-01-10', maturity: '2024-11-25' }, '2024-01-10');
add('a first period of more than a month', { ...million, repaymentMethod: 'equalPrincipal', drawnOn: '2024-01-10', firstDueDate: '2024-02-20', maturity: '2024-12-20' }, '2024-01-10');
const monthEnd = { ...million, drawnOn: '2025-06-30', holidayRule: 'stay' };
for (const repaymentMethod of methods.slice(0, 3)) {
  const loan = { ...monthEnd, repaymentMethod, maturity: '2025-10-31' };
  add(`${repaymentMethod} from the end of a short month to that of a long one`, loan, '2025-06-30');
  const outstanding = repaymentMethod === 'interestThenPrincipal' ? '1000000.00' : '250000.00';
  add(`${repaymentMethod}, deferred on such a maturity by a month`, { ...loan, outstanding }, '2025-10-31', { type: 'deferral', months: 1 });
  add(`${repaymentMethod}, extended on such a maturity by half a year`, { ...loan, outstanding }, '2025-10-31', { type: 'extension', newMaturity: '2026-04-30' });
  add(`${repaymentMethod}, drawn on the 28th and maturing on the 30th, deferred`, { ...loan, outstanding, drawnOn: '2024-12-28', maturity: '2025-01-30' }, '2025-01-29', { type: 'deferral', months: 1 });
}
add('a last period of a week stays', { ...monthEnd, maturity: '2025-11-06' }, '2025-06-30');
add('a last period of six days joins the one before', { ...monthEnd, maturity: '2025-11-05' }, '2025-06-30');
add('the first date that the contract names stays whatever follows', { ...monthEnd, firstDueDate: '2025-07-20', maturity: '2025-07-22' }, '2025-06-30');
add('a deferral that makes the last period short', { ...monthEnd, outstanding: '500000.00', drawnOn: '2025-05-24', maturity: '2025-08-31' }, '2025-07-25', { type: 'deferral', months: 6 });
add('a last period of a week joins the one before where the contract says so', { ...monthEnd, shortestLastPeriodDays: 10, maturity: '2025-11-06' }, '2025-06-30');
add('a last period of a day stays where the contract says so', { ...monthEnd, shortestLastPeriodDays: 0, maturity: '2025-10-31' }, '2025-06-30');
for (const repaymentMethod of methods.slice(0, 2)) {
  const deferred = { type: 'deferral', months: 1 };
  add(`${repaymentMethod}, deferred over a short February, which makes a row more`, { ...monthEnd, repaymentMethod, drawnOn: '2024-12-30', maturity: '2025-03-06' }, '2024-12-30', deferred);
  add(`${repaymentMethod}, deferred into a short February, which makes a row fewer`, { ...monthEnd, repaymentMethod, drawnOn: '2024-11-30', maturity: '2025-02-06' }, '2024-11-30', deferred);
}
add('prepaid in part', { ...million, outstanding: '432100.05', drawnOn: '2024-01-10', maturity: '2025-01-10' }, '2024-05-20');

const running = { ...million, outstanding: '505427.45', drawnOn: '2024-01-12', maturity: '2025-01-12' };
for (const [part, interest] of [['principal', 'spread'], ['principalAndInterest', 'spread'], ['principalAndInterest', 'atEnd'], ['principalAndInterest', 'capitalise']]) {
  for (const term of ['lengthen', 'keep'])
    add(`three months deferred: ${part}, ${term}, ${interest}`, running, '2024-07-20', { type: 'deferral', months: 3, part, term, interest });
}
// The sixth instalment, and half of the fifth, are unpaid; what else is outstanding is what the contract leaves.
const inArrears = { ...running, outstanding: '630246.53', principalArrears: [{ dueDate: '2024-06-12', amount: '41506.32' }, { dueDate: '2024-07-12', amount: '83312.76' }] };
add('two instalments in arrears', inArrears, '2024-07-20');
add('two instalments in arrears, three months deferred', inArrears, '2024-07-20', { type: 'deferral', months: 3 });
add('two instalments in arrears, extended', inArrears, '2024-07-20', { type: 'extension', newMaturity: '2025-07-12' });
const interestOnly = { ...million, principal: '2000000.00', repaymentMethod: 'interestThenPrincipal', drawnOn: '2023-06-20', maturity: '2024-06-20', penaltyUplift: '0.3' };
add('interest-only loan, principal deferred by six months', interestOnly, '2024-06-01', { type: 'deferral', months: 6 });
add('interest-only loan, all deferred to a date', interestOnly, '2024-05-21', { type: 'deferral', until: '2024-12-31', part: 'principalAndInterest', interest: 'atEnd' });
add('interest-only loan, interest deferred within the term', interestOnly, '2024-02-21', { type: 'deferral', months: 2, part: 'principalAndInterest', term: 'keep' });
add('quarterly instalments deferred by two quarters', { ...running, outstanding: undefined, periodMonths: 3, dayCount: 'thirty360', maturity: '2026-01-12' }, '2024-03-01', { type: 'deferral', months: 6, part: 'principalAndInterest' });
add('equal principal deferred to a date', { ...running, outstanding: undefined, repaymentMethod: 'equalPrincipal' }, '2024-02-01', { type: 'deferral', until: '2024-06-30' });
const bullet = { ...million, principal: '2000000.00', repaymentMethod: 'bullet', drawnOn: '2021-12-30', maturity: '2022-12-30' };
add('渝北金〔2022〕16号 (一): deferred to the last day', bullet, '2022-12-20', { type: 'deferral', until: '2023-06-30' });
add('渝北金〔2022〕16号 (一) and (二): deferred and cut', bullet, '2022-12-20', { type: 'deferral', until: '2023-06-30' }, { type: 'rateCut', share: '0.10', from: '2022-12-30' });
add('bullet with its interest deferred', bullet, '2022-12-20', { type: 'deferral', months: 6, part: 'principalAndInterest' });

add('bullet deferred with its interest paid, then extended', { ...bullet, originalMaturity: '2022-12-30', maturity: '2023-06-30', interestPaidTo: '2022-12-30' }, '2023-06-01', { type: 'extension', newMaturity: '2023-10-08' });
add('bullet with its interest deferred, then extended', { ...bullet, originalMaturity: '2022-12-30', maturity: '2023-06-30' }, '2023-06-01', { type: 'extension', newMaturity: '2023-10-08' });

add('cut for the rest of the term', running, '2024-07-20', { type: 'rateCut', share: '0.10' });
add('cut for a quarter, days of two months', running, '2024-07-20', { type: 'rateCut', share: '0.15', from: '2024-08-01', until: '2024-11-01' });
add('cut and rebated', running, '2024-07-20', { type: 'rateCut', newRate: '0.0345', mode: 'rebateAfterCollection' });
add('a ceiling rounded down', { ...bullet, rate: '0.043525' }, '2021-12-30', { type: 'rateCut', share: '0.10' });
add('cut of quarterly interest by 365 days', { ...interestOnly, periodMonths: 3, dayCount: 'actual365Fixed' }, '2023-06-20', { type: 'rateCut', share: '0.20', until: '2024-01-31' });
add('cut within months of 30 days', { ...interestOnly, dayCount: 'thirty360', holidayRule: 'stay' }, '2023-06-20', { type: 'rateCut', share: '0.10', from: '2023-09-05' });
add('extension of equal instalments', running, '2024-07-20', { type: 'extension', newMaturity: '2025-07-12' });
add('extension of an interest-only loan to a broken date', interestOnly, '2024-06-03', { type: 'extension', newMaturity: '2025-03-31' });
add('extension of a bullet loan', bullet, '2022-12-01', { type: 'extension', newMaturity: '2023-12-29' });
add('extension with a deferral within the longer term', running, '2024-07-20', { type: 'extension', newMaturity: '2025-07-12' }, { type: 'deferral', months: 3, term: 'keep' });
add('extension with a cut', interestOnly, '2024-06-03', { type: 'extension', newMaturity: '2025-06-20' }, { type: 'rateCut', share: '0.10', mode: 'rebateAfterCollection' });
add('deferral, cut and rebate together', running, '2024-07-20', { type: 'deferral', months: 3, part: 'principalAndInterest' }, { type: 'rateCut', share: '0.10', mode: 'rebateAfterCollection' });
// 2023-12-30 is a Saturday and 2024-01-01 a holiday: the day of payment is 2024-01-02.
const overNewYear = { ...interestOnly, drawnOn: '2023-03-30', maturity: '2023-12-30', holidayRule: 'rollMaturity' };
for (const [repaymentMethod, outstanding] of [['equalPrincipal', '222222.24'], ['interestThenPrincipal', '2000000.00']]) {
  const loan = { ...overNewYear, repaymentMethod, outstanding };
  add(`${repaymentMethod}, all deferred with a rebate after a maturity on a day off and before its day of payment`, loan, '2023-12-31',
    { type: 'deferral', months: 3, part: 'principalAndInterest' }, { type: 'rateCut', share: '0.10', mode: 'rebateAfterCollection' });
}
add('extended after a maturity on a day off and before its day of payment', overNewYear, '2023-12-31', { type: 'extension', newMaturity: '2024-06-28' });
// 2017-01-27 is the eve of the Spring Festival: paid on 2017-02-03, past the series' 2017-01-31.
add('extended past a date of the series that lies before the day of payment', { ...overNewYear, drawnOn: '2016-10-31', maturity: '2017-01-27' }, '2017-02-01', { type: 'extension', newMaturity: '2017-03-31' });
add('extended earlier over a maturity on a day off', { ...overNewYear, originalMaturity: '2023-12-30', maturity: '2024-06-30' }, '2023-12-31');

const json = (value) => JSON.stringify(value).replace(/:"(\d+(\.\d+)?)"/g, ':$1'); // amounts and rates as the numbers that they are
const lines = (list, pad) => (list.length ? `[\n${list.map((each) => `${pad}  ${JSON.stringify(each)}`).join(',\n')}\n${pad}]` : '[]');
process.stdout.write(`[\n${cases.map((c) => [
  '  {',
  `    "name": ${JSON.stringify(c.name)},`,
  `    "loan": ${json(c.loan)},`,
  `    "asOf": "${c.asOf}",`,
  `    "changes": ${json(c.changes)},`,
  `    "maturity": "${c.maturity}",`,
  `    "interest": ${JSON.stringify(c.interest)},`,
  `    "penalty": "${c.penalty}",`,
  `    "rebates": ${JSON.stringify(c.rebates)},`,
  `    "before": ${lines(c.before, '    ')},`,
  `    "after": ${lines(c.changes.length ? c.after : [], '    ')}`,
  '  }',
].join('\n')).join(',\n')}\n]\n`);
