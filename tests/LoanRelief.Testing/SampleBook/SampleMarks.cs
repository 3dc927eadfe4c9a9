using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Testing.SampleBook;

/// <summary>What is special about some loans of the book: so many of each, and which ones the numbers decide.</summary>
internal sealed class SampleMarks(List<Loan> loans, SampleRandom random, SampleNames names)
{
    private readonly HashSet<int> _troubled = [];

    public void Apply()
    {
        SecondLoans(12);
        Guaranteed();
        ExtendedAndRenewed();
        Troubled();
        OtherTerms();
        // Last, so that the other marks do not depend on it.
        Trouble(4, n => n.RepaymentMethod is RepaymentMethod.EqualInstalment or RepaymentMethod.EqualPrincipal, WithoutLastInstalment);
    }

    /// <summary>Some borrowers have two loans, so that borrowers and cases are different counts.</summary>
    private void SecondLoans(int count)
    {
        for (var n = 0; n < count; n++)
        {
            var first = random.Below(loans.Count - 1);
            if (loans[first].Institution == loans[first + 1].Institution && loans[first].Borrower.Kind == loans[first + 1].Borrower.Kind
                && loans[first].Borrower != loans[first + 1].Borrower)
                loans[first + 1] = loans[first + 1] with { Borrower = loans[first].Borrower };
            else
                n--;
        }
    }

    private void Guaranteed()
    {
        // Seed 001: the guarantee companies of the city and of 石景山 stand in for firms of their districts.
        Mark(4, l => IsFirm(l) && l.Borrower.District == "石景山", l => With(l, new Guarantor("DB-SJ", "石景样例担保公司", GuarantorKind.GuaranteeCompany)));
        Mark(18, l => IsFirm(l) && l.Borrower.District is "朝阳" or "顺义" or "房山" or "通州",
            l => With(l, new Guarantor("DB-JC", "京城样例担保公司", GuarantorKind.GuaranteeCompany)));
        Mark(28, l => IsFirm(l) && l.Guarantors.Count == 0, l => With(l, Private(l, GuarantorKind.Guarantor)));
        Mark(8, l => l.Product is LoanProduct.FixedAsset && l.Guarantors.Count == 0, l => With(l, Private(l, GuarantorKind.Mortgagor)));
        Mark(12, l => l.Borrower.Kind is BorrowerKind.SmallFirmOwner && l.Guarantors.Count == 0, l => With(l, Private(l, GuarantorKind.Mortgagor)));
        Mark(5, l => IsFirm(l) && l.Guarantors.Count == 0, l => With(l, Private(l, GuarantorKind.Pledgor)));
        Mark(6, l => IsFirm(l) && l.Guarantors.Count == 1, l => With(l, Private(l, GuarantorKind.Guarantor)));
    }

    private void ExtendedAndRenewed()
    {
        // Half a year on top of half a year: nothing of the cap is left. A quarter on top of a year: three quarters are.
        Mark(4, l => MayChange(l) && Months(l) == 6, l => Extended(l, 6));
        Mark(6, l => MayChange(l) && Months(l) == 12, l => Extended(l, 3));
        Mark(16, l => MayChange(l) && Renewable(l), l => Renewed(l, 1));
        Mark(5, l => MayChange(l) && Renewable(l), l => Renewed(l, 2));
    }

    private void Troubled()
    {
        // Seed 003: 预先剔除僵尸企业、空壳企业、不诚信企业.
        Trouble(4, IsFirm, l => Excluded(l, ExclusionList.Zombie));
        Trouble(3, IsFirm, l => Excluded(l, ExclusionList.Shell));
        Trouble(4, l => l.Product != LoanProduct.Housing, l => Excluded(l, ExclusionList.Dishonest));
        Trouble(1, IsFirm, l => Excluded(l, ExclusionList.Zombie, ExclusionList.Shell));
        Trouble(9, _ => true, l => l with { Class = LoanClass.SpecialMention, InterestArrears = Arrears(l, 1) });
        Trouble(3, _ => true, l => l with { Class = LoanClass.Substandard, InterestArrears = Arrears(l, 4) });
        Trouble(1, IsFirm, l => l with { Class = LoanClass.Doubtful, InterestArrears = Arrears(l, 7) });
        Trouble(1, IsFirm, l => l with { Class = LoanClass.Loss, InterestArrears = Arrears(l, 12) });
        Trouble(5, _ => true, l => l with { InterestArrears = Arrears(l, 1) });
        Trouble(3, _ => true, l => l with { Class = LoanClass.SpecialMention });
        Trouble(2, IsFirm, l => Standing(l, new(OperatesLawfully: false)));
        Trouble(4, l => l.Product != LoanProduct.Housing, l => Standing(l, new(HasOngoingBusiness: false)));
        Trouble(4, _ => true, l => Standing(l, new(HasGoodCredit: false)));
        Trouble(6, _ => true, l => Standing(l, new(MeetsLendingStandard: false)));
    }

    private void OtherTerms()
    {
        Mark(45, l => l.DayCount == DayCount.Actual360, l => l with { DayCount = DayCount.Actual365Fixed });
        Mark(20, l => l.DayCount == DayCount.Actual360, l => l with { DayCount = DayCount.Thirty360 });
        Mark(60, l => l.PenaltyUplift == 0.5m, l => l with { PenaltyUplift = 0.3m });
        // Four decimals of a percent, for which a cut by 10% has to be rounded down.
        Mark(1, l => l.Product == LoanProduct.WorkingCapital, l => l with { Rate = new(0.043525m) });
    }

    /// <summary>Marks loans that have no other trouble, so that each trouble can be seen alone.</summary>
    private void Trouble(int count, Func<Loan, bool> fits, Func<Loan, Loan> change) =>
        _troubled.UnionWith(Mark(count, n => !_troubled.Contains(n) && fits(loans[n]), change));

    private void Mark(int count, Func<Loan, bool> fits, Func<Loan, Loan> change) => Mark(count, (int n) => fits(loans[n]), change);

    private List<int> Mark(int count, Func<int, bool> fits, Func<Loan, Loan> change)
    {
        var chosen = Enumerable.Range(0, loans.Count).Where(fits).ToList();
        random.Shuffle(chosen);
        chosen = chosen.Count >= count ? chosen[..count] : throw new InvalidOperationException($"Only {chosen.Count} loans for {count} marks.");
        foreach (var n in chosen)
            loans[n] = change(loans[n]);
        return chosen;
    }

    private static bool IsFirm(Loan loan) => loan.Borrower.Kind is BorrowerKind.SmallOrMicroFirm or BorrowerKind.MediumFirm;

    private static bool MayChange(Loan loan) => loan is { OriginalMaturity: null, Renewals: 0 }
        && loan.RepaymentMethod is RepaymentMethod.InterestThenPrincipal or RepaymentMethod.Bullet;

    private static bool Renewable(Loan loan) => loan.Product is LoanProduct.WorkingCapital or LoanProduct.BusinessOperation;

    private static int Months(Loan loan) => (loan.Maturity.Year - loan.DrawnOn.Year) * 12 + loan.Maturity.Month - loan.DrawnOn.Month;

    private static Loan Extended(Loan loan, int months) =>
        loan with { OriginalMaturity = loan.Maturity.AddMonths(-months), DrawnOn = loan.DrawnOn.AddMonths(-months) };

    private Loan Renewed(Loan loan, int renewals) =>
        loan with { Renewals = renewals, RenewalOf = Identifier.Parse<LoanNumber>($"JJ{loan.DrawnOn.Year - 1}-{random.Between(5000, 9999)}") };

    private static Loan Excluded(Loan loan, params ExclusionList[] lists) => loan with { Borrower = loan.Borrower with { Exclusions = lists } };

    private static Loan Standing(Loan loan, CreditStanding standing) => loan with { Borrower = loan.Borrower with { Standing = standing } };

    private static Loan With(Loan loan, Guarantor guarantor) => loan with { Guarantors = [.. loan.Guarantors, guarantor] };

    private Guarantor Private(Loan loan, GuarantorKind kind) => new($"BZ-{loan.Borrower.Reference}-{loan.Guarantors.Count + 1}", names.Person(), kind);

    /// <summary>The last instalment before the demonstration was not paid.</summary>
    private static Loan WithoutLastInstalment(Loan loan)
    {
        var unpaid = ScheduleCalculator.For(ScheduleTerms.Of(loan), BusinessCalendar.China).Instalments.Last(row => row.PayBy < SampleLoans.AsOf);
        return loan with
        {
            Outstanding = loan.Outstanding + unpaid.Principal,
            PrincipalArrears = [new(unpaid.DueDate, unpaid.Principal)],
            InterestArrears = unpaid.Interest,
        };
    }

    /// <summary>Interest of so many months.</summary>
    private static Money Arrears(Loan loan, int months) => Money.Round(loan.Outstanding.Yuan * loan.Rate.Fraction * months / 12m);
}
