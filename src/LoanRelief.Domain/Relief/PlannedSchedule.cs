using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>A plan worked out at the rates of a time: what is collected, what the interest would have been, what is paid back.</summary>
internal sealed record PlannedSchedule(Schedule Schedule, IReadOnlyList<ReliefLine> Interest, IReadOnlyList<RebateEntry> Rebates)
{
    /// <param name="plan">When principal and interest are paid.</param>
    /// <param name="outstanding">Principal before the first row.</param>
    /// <param name="rates">Before and after relief.</param>
    /// <param name="mode">Whether a cut is deducted or paid back.</param>
    public static PlannedSchedule Of(RepaymentPlan plan, Money outstanding, RateTimeline rates, RateCutMode mode)
    {
        var rows = new Instalment[plan.Periods.Length];
        var lines = new ReliefLine[rows.Length];
        var rebates = new List<RebateEntry>();
        var principal = plan.Principal;
        var balance = outstanding;
        var deferred = new DeferredSum(plan);
        for (var i = 0; i < rows.Length; i++)
        {
            var period = plan.Periods[i];
            var line = lines[i] = rates.Interest(period, balance, plan.Terms);
            var accrued = mode == RateCutMode.DirectDeduction ? line.Paid : line.WouldHavePaid;
            var waits = i < plan.DeferredRows;
            if (waits)
                deferred.Add(accrued);
            var carried = deferred.PaidWith(i);
            balance -= principal[i];
            if (deferred.JoinsPrincipalAfter(i) is { IsZero: false } capitalised)
            {
                balance += capitalised;
                principal = [.. principal[..(i + 1)], .. PrincipalPlan.Rows(plan.Terms, balance, rows.Length - i - 1)];
            }

            rows[i] = new(period.Number, period.DueDate, period.PayBy.Date, principal[i], waits ? carried : accrued + carried, balance)
            {
                Carried = carried,
                Deferred = waits ? accrued : Money.Zero,
                Provisional = period.PayBy.Provisional,
            };
            if (mode == RateCutMode.RebateAfterCollection && line.Relief.IsPositive)
                rebates.Add(new(period.Number, (waits ? plan.Periods[^1] : period).PayBy.Date, accrued, line.Relief));
        }

        return new(new(rows) { Capitalised = deferred.Capitalised }, lines, rebates);
    }

    /// <summary>Deferred interest: gathers in the first rows, then is paid or joins the principal.</summary>
    private struct DeferredSum(RepaymentPlan plan)
    {
        private Money _gathered;
        private Money _left;

        public Money Capitalised { get; private set; }

        public void Add(Money accrued) => _left = _gathered += accrued;

        public Money PaidWith(int row)
        {
            if (row < plan.DeferredRows || _left.IsZero)
                return Money.Zero;
            var last = row == plan.Periods.Length - 1;
            var share = last ? _left
                : plan.DeferredInterest == DeferredInterest.AtEnd ? Money.Zero
                : Money.Min(_left, Money.RoundFen((decimal)_gathered.Fen / (plan.Periods.Length - plan.DeferredRows)));
            _left -= share;
            return share;
        }

        public Money JoinsPrincipalAfter(int row)
        {
            if (plan.DeferredInterest != DeferredInterest.Capitalise || row != plan.DeferredRows - 1)
                return Money.Zero;
            (Capitalised, _left) = (_gathered, Money.Zero);
            return Capitalised;
        }
    }
}
