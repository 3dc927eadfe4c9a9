namespace LoanRelief.Domain.Cases;

/// <summary>Where a case stands, in the order in which a case usually passes through.</summary>
public enum Stage
{
    /// <summary>沟通: speak with the borrower, at least a month before maturity.</summary>
    Contact,

    /// <summary>意向: what the borrower wants.</summary>
    Intent,

    /// <summary>审查: exclusion lists, conditions of the measure, documents.</summary>
    Screening,

    /// <summary>方案: new terms are worked out.</summary>
    Proposal,

    /// <summary>审批: a second pair of eyes of the right level.</summary>
    Approval,

    /// <summary>复议: another pair of eyes on a refusal.</summary>
    SecondReview,

    /// <summary>担保人同意: guarantors, mortgagors and pledgors consent in writing.</summary>
    Guarantee,

    /// <summary>签约: the contract is signed before the old maturity.</summary>
    Signature,

    /// <summary>放款/记账: the core system carries it out.</summary>
    Booking,

    /// <summary>贷后: a look at the borrower after the relief.</summary>
    FollowUp,

    /// <summary>待还款: the borrower said that the loan will be repaid.</summary>
    Repayment,

    /// <summary>结案: an outcome and a reason code.</summary>
    Closed,
}

/// <summary>How a case ended.</summary>
public enum Outcome
{
    /// <summary>续贷.</summary>
    Renewed,

    /// <summary>展期.</summary>
    Extended,

    /// <summary>延期还本付息.</summary>
    Deferred,

    /// <summary>到期还款.</summary>
    Repaid,

    /// <summary>The borrower meant to repay and did not.</summary>
    Unpaid,

    /// <summary>The borrower wants nothing.</summary>
    Declined,

    /// <summary>Withdrawn by borrower or institution.</summary>
    Withdrawn,

    /// <summary>Refused by the approver and by second review, or by a guarantor.</summary>
    Refused,

    /// <summary>On an exclusion list (预先剔除).</summary>
    Excluded,

    /// <summary>Time ran out before it was signed.</summary>
    Lapsed,

    /// <summary>The core system could not carry it out and what it had done was reversed.</summary>
    BookingFailed,
}

/// <summary>What the borrower wants.</summary>
public enum IntentKind
{
    /// <summary>到期还款.</summary>
    Repay,

    /// <summary>延期.</summary>
    Defer,

    /// <summary>展期.</summary>
    Extend,

    /// <summary>续贷.</summary>
    Renew,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>How the case came to be opened.</summary>
public enum CaseTrigger
{
    /// <summary>The daily maturity scan.</summary>
    Scan,

    /// <summary>The institution asked for it.</summary>
    Institution,
}

/// <summary>Levels of approval, lowest first.</summary>
public enum ApprovalLevel
{
    /// <summary>支行.</summary>
    Branch,

    /// <summary>分行授信审批部.</summary>
    CreditDepartment,

    /// <summary>贷审会.</summary>
    CreditCommittee,
}
