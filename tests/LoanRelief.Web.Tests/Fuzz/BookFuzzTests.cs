using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Imports;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>
/// Whatever stands in a row of a loan book, the book is taken: the row is stored or refused with its line and column, no row
/// beside it is harmed, the counts foot, and nothing of it comes into the log.
/// </summary>
public sealed class BookFuzzTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/loan-imports";
    private const int Rows = 120, Iterations = 3;

    [Theory]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("text/csv; charset=gb18030")]
    [InlineData("application/x-ndjson")]
    public async Task A_row_that_is_not_understood_is_refused_by_itself(string type)
    {
        await HaveInstitutionAsync();
        var (book, rejected) = (0, 0);
        await Mutation.Few.Array[Rows].SampleAsync(
            async mutations => rejected += await ImportAsync(type, MutatedBook.Of(type, Interlocked.Increment(ref book), mutations)),
            iter: Iterations,
            threads: 1,
            print: _ => type);

        // Most of what is done to rows makes them bad, and not all.
        Assert.InRange(rejected, Iterations * Rows / 5, Iterations * Rows * 4 / 5);
        Assert.DoesNotContain("Error: ", House.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("文成某食品", House.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(MutatedBody.Private, House.Log.Text, StringComparison.Ordinal);
    }

    /// <returns>How many rows were refused.</returns>
    private async Task<int> ImportAsync(string type, MutatedBook book)
    {
        using var content = new ByteArrayContent(book.Bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await House.Client.PostAsync(new Uri(Path, UriKind.Relative), content, Cancellation);
        var reply = await Reply.OfAsync(response);
        Assert.True(reply.Status == HttpStatusCode.Accepted, $"{reply.Text}\n{Failures}");
        await House.StoreImportsAsync();
        var import = (await GetAsync(reply.Headers["Location"])).Is(HttpStatusCode.OK).Json;
        var (rows, rejected) = ((int)import["rows"]!, (int)import["rejected"]!);
        Assert.Equal(("completed", 0), ((string?)import["state"], (int)import["remaining"]!));
        Assert.Equal(rows, (int)import["added"]! + (int)import["changed"]! + (int)import["unchanged"]! + rejected);
        Assert.InRange(rows, book.Lines.Count - book.Touched.Count, book.Lines.Count);

        var bad = rejected == 0 ? [] : (await GetAsync($"{import["rejectedRows"]}?pageSize=200")).Is(HttpStatusCode.OK).Json["rows"]!.AsArray();
        Assert.Equal(rejected, bad.Count);
        foreach (var row in bad)
            NamesWhatIsWrong(row!, book);
        (await GetAsync($"{reply.Headers["Location"]}/rejected-rows.csv")).Is(HttpStatusCode.OK);
        return rejected;
    }

    private string Failures => string.Join('\n', House.Log.Text.Split("Error: ")[1..]);

    private static void NamesWhatIsWrong(JsonNode row, MutatedBook book)
    {
        var line = (int)row["line"]!;
        Assert.True(book.Touched.Contains(line), $"Line {line} was as it should be: {row.ToJsonString()}");
        var errors = row["errors"]!.AsArray();
        Assert.NotEmpty(errors);
        foreach (var error in errors)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)error!["title"]), row.ToJsonString());
            Assert.True(error["column"] is { } column ? ((string)column!).Length > 0 : IsAboutTheRow((string)error["code"]!), row.ToJsonString());
        }
    }

    private static bool IsAboutTheRow(string code) => code.StartsWith("row-", StringComparison.Ordinal) || code is "malformed-json" or "expected-object";
}

/// <summary>A loan book some of whose rows were right.</summary>
/// <param name="Lines">As they are sent.</param>
/// <param name="Touched">The lines to which something was done, from 1.</param>
internal sealed record MutatedBook(IReadOnlyList<byte[]> Lines, IReadOnlySet<int> Touched, byte[] Bytes)
{
    private static readonly string[] Fields =
    [
        "", " ", "-1", "0", "1e3", "2000000.005", "2,000,000.00", "２０００", "٢٠٠٠", "79228162514264337593543950336", "0.0435%", "NaN", "2026-02-30", "2026/03/20", "20260320", "9999-12-31",
        "0001-01-01", "=cmd|' /C calc'!A0", "\"", "\"\"", "\"a", "a\"b", "\"a\"b", "\"文成,样例\"", "\0", "a\0b", "\t", "\r", "\u202e", "\ufeff", "😀", "平".PadRight(200, '平'), new('9', 5_000),
        new('x', 40_000), MutatedBody.Private, "true", "null", "renew", "workingCapital", "../../x", "' or 1=1", "{0}", "%00", "JJ~1",
    ];

    private static readonly byte[][] Noise = [[0xFF], [0x80], [0x00], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x81, 0x30], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0x1A]];

    public static MutatedBook Of(string type, int book, IReadOnlyList<Mutation[]> mutations)
    {
        var encoding = type.EndsWith("gb18030", StringComparison.Ordinal) ? Books.Gb18030 : Encoding.UTF8;
        var isCsv = type.StartsWith("text/csv", StringComparison.Ordinal);
        var (lines, touched) = (new List<byte[]>(), new HashSet<int>());
        var headers = isCsv ? 1 : 0;
        foreach (var (n, some) in mutations.Index())
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"JJ{book}-{n}");
            // Every third is as it should be.
            if (n % 3 == 0)
            {
                lines.Add(encoding.GetBytes(isCsv ? string.Join(',', Csv(number)) : Json(number).ToJsonString()));
                continue;
            }

            touched.Add(n + 1 + headers);
            lines.Add(isCsv ? Mutated(Csv(number), some, encoding) : encoding.GetBytes(MutatedBody.Of(Json(number), some).Text));
        }

        var header = isCsv ? (byte[][])[encoding.GetBytes(Header)] : [];
        return new(lines, touched, [.. header.Concat(lines).SelectMany(line => (byte[])[.. line, (byte)'\n'])]);
    }

    private static byte[] Mutated(List<string> fields, Mutation[] mutations, Encoding encoding)
    {
        foreach (var mutation in mutations.Where(each => each.Kind % 10 > 1))
        {
            var place = mutation.Place % fields.Count;
            switch (mutation.Kind % 10)
            {
                case 2:
                    fields.Insert(place, Fields[mutation.Kind / 10 % Fields.Length]);
                    break;
                case 3 when fields.Count > 1:
                    fields.RemoveAt(place);
                    break;
                case 4:
                    fields[place] = $"\"{fields[place]}\"";
                    break;
                default:
                    fields[place] = Fields[mutation.Kind / 10 % Fields.Length];
                    break;
            }
        }

        var row = encoding.GetBytes(string.Join(',', fields)).ToList();
        foreach (var mutation in mutations.Where(each => each.Kind % 10 <= 1))
        {
            var place = mutation.Place % (row.Count + 1);
            if (mutation.Kind % 10 == 0)
                row.InsertRange(place, Noise[mutation.Kind / 10 % Noise.Length]);
            else
                row.RemoveRange(place, row.Count - place);
        }

        return [.. row];
    }

    private const string Header = "number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity";

    private static List<string> Csv(string number) =>
    [
        number, "C-42", "文成某食品有限公司", "smallOrMicroFirm", "食品制造", "文成县", "workingCapital", "2000000.00", "2000000.00", "0.0435", "interestThenPrincipal", "2025-03-20", "2026-03-20",
    ];

    private static JsonObject Json(string number)
    {
        var row = Bodies.Loan();
        row["number"] = number;
        return row;
    }
}
