namespace LoanRelief.Scenarios.Client;

/// <summary>A loan as the bank's book has it.</summary>
public sealed record LoanSheet
{
    /// <summary>借据号.</summary>
    public required string Number { get; init; }

    public BorrowerSheet Borrower { get; init; } = new();

    public string Product { get; init; } = "workingCapital";

    public decimal Principal { get; init; } = 2_000_000.00m;

    public decimal Outstanding { get; init; } = 2_000_000.00m;

    public decimal Rate { get; init; } = 0.0435m;

    public string RepaymentMethod { get; init; } = "bullet";

    public required DateOnly DrawnOn { get; init; }

    public required DateOnly Maturity { get; init; }

    public IReadOnlyList<GuarantorSheet> Guarantors { get; init; } = [];
}

public sealed record BorrowerSheet
{
    public string Reference { get; init; } = "C-330328-0042";

    public string Name { get; init; } = "文成某机械有限公司";

    public string Kind { get; init; } = "smallOrMicroFirm";

    public string Industry { get; init; } = "制造";

    public string District { get; init; } = "文成";

    public IReadOnlyList<string> Exclusions { get; init; } = [];
}

public sealed record GuarantorSheet(string Reference, string Name, string Kind = "guarantor");
