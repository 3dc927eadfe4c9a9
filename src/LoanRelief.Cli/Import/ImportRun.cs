using System.Globalization;
using LoanRelief.Cli.Texts;
using Spectre.Console;

namespace LoanRelief.Cli.Import;

/// <summary>One run: sends a book unless it was sent before, follows the import to its end, and keeps what was refused.</summary>
/// <remarks>
/// It may be broken off anywhere and started again. What breaks off while it is sent leaves nothing behind; what has been
/// received is stored whoever watches. When the answer got lost, the file is sent again with the same key and the import found.
/// </remarks>
/// <param name="patience">For so long the program may be away or busy, a restart for example.</param>
internal sealed class ImportRun(ReliefProgram program, PendingImports pending, IAnsiConsole console, CliTexts texts, TimeSpan patience)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);

    /// <param name="rejected">Where refused rows go.</param>
    /// <param name="noWait">End when the book has been received.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(BookFile book, FileInfo rejected, bool noWait, CancellationToken cancellationToken)
    {
        try
        {
            var key = await PendingImports.KeyAsync(book, program.Host, cancellationToken);
            if (await GoOnAsync(key, cancellationToken) is not { } taken)
            {
                var begun = pending.Find(key) ?? PendingImport.Begin();
                pending.Keep(key, begun);
                switch (await ProgressAsync(texts.Sending, book.File.Length, (report, token) => SendAsync(book, begun.IdempotencyKey(key), report, token), cancellationToken))
                {
                    case ImportAnswer.Taken sent:
                        taken = sent;
                        pending.Keep(key, begun with { Path = sent.Path });
                        break;
                    case ImportAnswer.Refused refused:
                        pending.Forget(key);
                        Explain(refused.Problem);
                        return ExitCode.Refused;
                    default:
                        throw new InvalidOperationException("A book is taken or refused in the end.");
                }
            }

            if (noWait)
            {
                console.MarkupLineInterpolated($"{CliTexts.Fill(texts.Received, taken.Import.Id)}");
                return ExitCode.Done;
            }

            var import = taken.Import.IsCompleted ? taken.Import : await ProgressAsync(
                texts.Storing, taken.Import.Rows - taken.Import.Rejected, (report, token) => FollowAsync(taken.Path, report, token), cancellationToken);
            Show(import);
            if (import.Rejected > 0)
            {
                await program.SaveRejectedAsync(taken.Path, rejected, cancellationToken);
                console.MarkupLineInterpolated($"{CliTexts.Fill(texts.RejectedKept, rejected.FullName)}");
            }

            pending.Forget(key);
            return import.Rejected > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.MarkupLineInterpolated($"{texts.Interrupted}");
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (IsAway(failure))
        {
            console.MarkupLineInterpolated($"[red]{CliTexts.Fill(texts.NotReached, program.Host, failure.Message)}[/]");
            return ExitCode.Unreachable;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return ExitCode.Usage;
        }
    }

    /// <summary>The import that an earlier run has begun, if the program still knows it.</summary>
    private async Task<ImportAnswer.Taken?> GoOnAsync(string key, CancellationToken cancellationToken)
    {
        if (pending.Find(key) is not { Path: { } path })
            return null;
        if (await UntilAnsweredAsync(token => program.FindAsync(path, token), cancellationToken) is ImportAnswer.Taken known)
        {
            console.MarkupLineInterpolated($"{CliTexts.Fill(texts.GoingOn, known.Import.Id)}");
            return known;
        }

        pending.Forget(key);
        return null;
    }

    private Task<ImportAnswer> SendAsync(BookFile book, string idempotencyKey, Action<double> report, CancellationToken cancellationToken) =>
        UntilAnsweredAsync(token => program.SendAsync(book, idempotencyKey, sent => report(sent), token), cancellationToken);

    private async Task<ImportStatus> FollowAsync(string path, Action<double> report, CancellationToken cancellationToken)
    {
        for (var pause = FirstLook; ; pause = pause * 1.5 < LongestLook ? pause * 1.5 : LongestLook)
        {
            if (await UntilAnsweredAsync(token => program.FindAsync(path, token), cancellationToken) is not ImportAnswer.Taken { Import: var import })
                throw new HttpRequestException(path);
            report(import.Stored);
            if (import.IsCompleted)
                return import;
            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>Asks again while the program is away or busy.</summary>
    /// <exception cref="HttpRequestException">It has been away for too long.</exception>
    private async Task<ImportAnswer> UntilAnsweredAsync(Func<CancellationToken, Task<ImportAnswer>> ask, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            var pause = TimeSpan.FromSeconds(1);
            try
            {
                var answer = await ask(cancellationToken);
                if (answer is not ImportAnswer.NotNow busy)
                    return answer;
                pause = busy.Pause;
                if (TimeProvider.System.GetElapsedTime(since) > patience)
                    throw new HttpRequestException("503");
            }
            catch (Exception failure) when (IsAway(failure) && !cancellationToken.IsCancellationRequested && TimeProvider.System.GetElapsedTime(since) < patience)
            {
                if (isFirst)
                    console.MarkupLineInterpolated($"[grey]{CliTexts.Fill(texts.Waiting, program.Host)}[/]");
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    private static bool IsAway(Exception failure) => failure is HttpRequestException or HttpIOException or OperationCanceledException;

    private Task<T> ProgressAsync<T>(string title, double whole, Func<Action<double>, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => console
        .Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask(title, maxValue: Math.Max(whole, 1));
            var done = await work(value => bar.Value = value, cancellationToken);
            bar.Value = bar.MaxValue;
            return done;
        });

    private void Show(ImportStatus import)
    {
        var grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        foreach (var (title, count) in new[]
        {
            (texts.Rows, import.Rows), (texts.Added, import.Added), (texts.Changed, import.Changed), (texts.Unchanged, import.Unchanged), (texts.Rejected, import.Rejected),
        })
        {
            grid.AddRow(title, count.ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(grid);
    }

    private void Explain(ProblemText problem)
    {
        console.MarkupLineInterpolated($"[red]{texts.Refused}[/]");
        console.MarkupLineInterpolated($"{problem.Title}{(problem.Detail is null ? "" : $": {problem.Detail}")}");
        foreach (var reason in problem.Errors ?? [])
        {
            var line = reason.Values?.GetValueOrDefault("line") is { } number ? $"{number}: " : "";
            console.MarkupLineInterpolated($"  {line}{(reason.Field is null ? "" : $"{reason.Field}: ")}{reason.Title}");
        }
    }
}
