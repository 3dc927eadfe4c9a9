using System.Globalization;

namespace LoanRelief.Cli.Texts;

/// <summary>Everything that a person reads here, in one language. Members with <c>{0}</c> take values.</summary>
internal sealed record CliTexts
{
    /// <summary>By which POSIX names the language of a terminal, the first that is set.</summary>
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>In which the program is asked to answer.</summary>
    public required string Tag { get; init; }

    public required string Program { get; init; }

    public required string Import { get; init; }

    public required string File { get; init; }

    public required string Institution { get; init; }

    public required string Host { get; init; }

    public required string Format { get; init; }

    public required string Charset { get; init; }

    public required string RejectedFile { get; init; }

    public required string NoWait { get; init; }

    public required string InvalidHost { get; init; }

    public required string FormatUnknown { get; init; }

    public required string Sending { get; init; }

    public required string Storing { get; init; }

    public required string GoingOn { get; init; }

    public required string Received { get; init; }

    public required string Waiting { get; init; }

    public required string NotReached { get; init; }

    public required string Refused { get; init; }

    public required string Interrupted { get; init; }

    public required string RejectedKept { get; init; }

    public required string Rows { get; init; }

    public required string Added { get; init; }

    public required string Changed { get; init; }

    public required string Unchanged { get; init; }

    public required string Rejected { get; init; }

    public static CliTexts English { get; } = new()
    {
        Tag = "en",
        Program = "Hands loan books over to LoanRelief.",
        Import = "Sends a loan book, follows it until it is stored, and keeps the rows that were refused. The same file again changes nothing.",
        File = "The loan book: CSV with a header, or one JSON object a line.",
        Institution = "Short name of the institution whose book it is.",
        Host = "Where the program is; LOANRELIEF_HOST, or else this machine. A function key is taken from LOANRELIEF_KEY.",
        Format = "How the file is written, where its name does not say it.",
        Charset = "How its characters are written; told by the text if left out.",
        RejectedFile = "Where refused rows go; beside the file if left out.",
        NoWait = "End when the file has been received, and let it be stored in the background.",
        InvalidHost = "'{0}' is not an http or https address.",
        FormatUnknown = "The name of {0} does not say how it is written: give --format csv or --format ndjson.",
        Sending = "Sending",
        Storing = "Storing",
        GoingOn = "This file has been received before; going on with import {0}.",
        Received = "Received as import {0}. Run the same command without --no-wait to follow it.",
        Waiting = "No answer from {0}; trying again.",
        NotReached = "{0} gave no answer that is of use: {1}. Run the same command again: it goes on where it was.",
        Refused = "The file was refused and nothing of it is stored.",
        Interrupted = "Interrupted. What has been received goes on being stored; run the same command again to follow it.",
        RejectedKept = "The refused rows are in {0}: put them right and import that file.",
        Rows = "Rows",
        Added = "Added",
        Changed = "Changed",
        Unchanged = "Unchanged",
        Rejected = "Refused",
    };

    public static CliTexts Chinese { get; } = new()
    {
        Tag = "zh-Hans",
        Program = "向 LoanRelief 报送贷款台账。",
        Import = "报送台账，跟踪至全部入库，并保存有误的行。同一文件再次报送不改变任何内容。",
        File = "台账文件：带表头的 CSV，或每行一个 JSON 对象。",
        Institution = "台账所属机构的简称。",
        Host = "程序地址；未填时取 LOANRELIEF_HOST，否则为本机。函数密钥取自 LOANRELIEF_KEY。",
        Format = "文件格式，文件名看不出时须填。",
        Charset = "字符编码；未填时由文本判断。",
        RejectedFile = "有误的行存入何处；未填时存于原文件旁。",
        NoWait = "文件收到即结束，入库在后台进行。",
        InvalidHost = "“{0}” 不是 http 或 https 地址。",
        FormatUnknown = "从文件名 {0} 看不出格式：请加 --format csv 或 --format ndjson。",
        Sending = "发送",
        Storing = "入库",
        GoingOn = "此文件先前已收到；继续跟踪导入任务 {0}。",
        Received = "已收到，导入任务为 {0}。不加 --no-wait 再次运行同一命令即可跟踪。",
        Waiting = "{0} 没有应答；正在重试。",
        NotReached = "{0} 没有可用的应答：{1}。请再次运行同一命令，将从原处继续。",
        Refused = "文件被拒收，未存储任何内容。",
        Interrupted = "已中断。已收到的内容仍会继续入库；再次运行同一命令即可跟踪。",
        RejectedKept = "有误的行已存入 {0}：改正后导入该文件。",
        Rows = "行数",
        Added = "新增",
        Changed = "变更",
        Unchanged = "未变",
        Rejected = "有误",
    };

    /// <summary>The language of the terminal.</summary>
    public static CliTexts For(Func<string, string?> environment)
    {
        var locale = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) is true ? Chinese : English;
    }

    public static string Fill(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
