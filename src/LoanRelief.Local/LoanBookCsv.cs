using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Sylvan.Data.Csv;

namespace LoanRelief.Local;

/// <summary>Reads a loan book from CSV: UTF-8, comma, one loan a row, a header that names the columns in any order.</summary>
/// <remarks>
/// The columns are the fields of <see cref="Loan"/> by their JSON names, those of the borrower and of its standing
/// beside them. A column that has a default may be missing and a field of it empty.
/// </remarks>
public static partial class LoanBookCsv
{
    /// <summary>A longer row is refused; it is a quote that nobody closed.</summary>
    public const int LongestRow = 32 * 1024;

    private static readonly string[] Required =
    [
        "institution", "number", "borrowerReference", "borrowerName", "borrowerKind", "industry", "district",
        "product", "principal", "outstanding", "rate", "repaymentMethod", "drawnOn", "maturity",
    ];

    private static readonly string[] Optional =
    [
        "exclusions", "operatesLawfully", "hasOngoingBusiness", "hasGoodCredit", "meetsLendingStandard", "interestArrears",
        "penaltyUplift", "dayCount", "periodMonths", "originalMaturity", "class", "guarantors", "renewalOf", "renewals",
    ];

    /// <summary>Reads row by row, holding one row at a time.</summary>
    /// <remarks>
    /// A bad row is reported with all its errors and the next one is read; blank lines are passed over. Only a bad header, text that is not UTF-8 and a
    /// row that is too long end the reading, with an error as the last row.
    /// </remarks>
    public static async IAsyncEnumerable<LoanRow> ReadAsync(Stream csv, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var text = new StreamReader(csv, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        var (reader, failure) = await OpenAsync(text, cancellation);
        if (reader is null)
        {
            yield return Bad(1, failure!);
            yield break;
        }

        await using var closing = reader;
        if (HeaderErrors(reader) is { Count: > 0 } errors)
        {
            yield return new(1, null, errors);
            yield break;
        }

        var columns = Header(reader).Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.OrdinalIgnoreCase);

        for (var line = 2; ; line++)
        {
            (var more, failure) = await NextAsync(reader, cancellation);
            if (failure is not null)
                yield return Bad(line, failure);
            if (!more)
                yield break;
            if (!reader.GetRawRecordSpan().IsWhiteSpace())
                yield return ReadRow(reader, columns, line);
            line += LineBreaksWithin(reader);
        }
    }

    private static LoanRow ReadRow(CsvDataReader reader, Dictionary<string, int> columns, int line)
    {
        if (!WellFormed.IsMatch(reader.GetRawRecordSpan()))
            return Bad(line, new("row-malformed"));
        if (reader.RowFieldCount != reader.FieldCount)
            return Bad(line, new Refusal("row-field-count").With("value", reader.RowFieldCount).With("expected", reader.FieldCount));
        var fields = new CsvFields(reader, columns, line);
        var loan = ToLoan(fields);
        return fields.Errors.Count == 0 ? new(line, loan, []) : new(line, null, fields.Errors);
    }

    private static Loan ToLoan(CsvFields fields) => new()
    {
        Institution = fields.Identifier<InstitutionId>("institution"),
        Number = fields.Identifier<LoanNumber>("number"),
        Borrower = new()
        {
            Reference = fields.Text("borrowerReference"),
            Name = fields.Text("borrowerName"),
            Kind = fields.Choice<BorrowerKind>("borrowerKind"),
            Industry = fields.Text("industry"),
            District = fields.Text("district"),
            Exclusions = fields.Choices<ExclusionList>("exclusions"),
            Standing = new(
                fields.YesOrNo("operatesLawfully", true),
                fields.YesOrNo("hasOngoingBusiness", true),
                fields.YesOrNo("hasGoodCredit", true),
                fields.YesOrNo("meetsLendingStandard", true)),
        },
        Product = fields.Choice<LoanProduct>("product"),
        Principal = fields.Amount("principal"),
        Outstanding = fields.Amount("outstanding"),
        InterestArrears = fields.Amount("interestArrears", Money.Zero),
        Rate = new(fields.Fraction("rate")),
        PenaltyUplift = fields.Fraction("penaltyUplift", 0.5m),
        DayCount = fields.Choice<DayCount>("dayCount", DayCount.Actual360),
        RepaymentMethod = fields.Choice<RepaymentMethod>("repaymentMethod"),
        PeriodMonths = fields.Count("periodMonths", 1),
        DrawnOn = fields.Date("drawnOn"),
        Maturity = fields.Date("maturity"),
        OriginalMaturity = fields.DateOrNone("originalMaturity"),
        Class = fields.Choice<LoanClass>("class", LoanClass.Normal),
        Guarantors = fields.Guarantors("guarantors"),
        RenewalOf = fields.IdentifierOrNone<LoanNumber>("renewalOf"),
        Renewals = fields.Count("renewals", 0),
    };

    private static async Task<(CsvDataReader? Reader, Refusal? Failure)> OpenAsync(StreamReader text, CancellationToken cancellation)
    {
        var options = new CsvDataReaderOptions
        {
            Delimiter = ',',
            HeaderComparer = StringComparer.OrdinalIgnoreCase,
            // Reading goes on after a badly quoted row; ReadRow refuses it.
            CsvStyle = CsvStyle.Lax,
            BufferSize = LongestRow,
            OwnsReader = false,
        };
        try
        {
            return (await CsvDataReader.CreateAsync(text, options, cancellation), null);
        }
        catch (Exception e) when (FileFailure(e) is not null)
        {
            return (null, FileFailure(e));
        }
    }

    private static async Task<(bool More, Refusal? Failure)> NextAsync(CsvDataReader reader, CancellationToken cancellation)
    {
        try
        {
            return (await reader.ReadAsync(cancellation), null);
        }
        catch (Exception e) when (FileFailure(e) is not null)
        {
            return (false, FileFailure(e));
        }
    }

    private static Refusal? FileFailure(Exception e) => e switch
    {
        CsvMissingHeadersException => new("file-empty"),
        CsvRecordTooLargeException => new Refusal("row-too-long").With("maximum", LongestRow),
        DecoderFallbackException => new("not-utf-8"),
        _ => null,
    };

    private static string[] Header(CsvDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(n => reader.GetName(n).Trim())];

    private static List<RowError> HeaderErrors(CsvDataReader reader)
    {
        var found = Header(reader);
        var known = Required.Concat(Optional).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Required.Except(found, StringComparer.OrdinalIgnoreCase).Select(name => OfHeader("column-missing", name)),
            // Refused rather than left out: it may be a misspelt column that has a default.
            .. found.Where(name => !known.Contains(name)).Select(name => OfHeader("column-unknown", name)),
            .. found.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => OfHeader("column-repeated", g.Key)),
        ];
    }

    private static RowError OfHeader(string code, string column) => new(1, column, null, new(code, column));

    private static LoanRow Bad(int line, Refusal refusal) => new(line, null, [new(line, null, null, refusal)]);

    // Only in a row that is refused for it, but the lines after it are to be numbered as an editor shows them.
    private static int LineBreaksWithin(CsvDataReader reader) => reader.GetRawRecordSpan().TrimEnd("\r\n").Count('\n');

    // Every field is either quoted as a whole or has no quotes, and none has a line break.
    [GeneratedRegex("""\A(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*)(?>,(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*))*(?>\r?\n)?\z""")]
    private static partial Regex WellFormed { get; }
}
