namespace LoanRelief.Desk.Imports;

/// <summary>How a loan book is written.</summary>
public enum BookFormat
{
    /// <summary>Comma-separated, one loan a line, with a header that names the columns.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>How a loan book's characters are written.</summary>
public enum BookEncoding
{
    Utf8,

    /// <summary>With its subsets GBK and GB2312: what a spreadsheet on a Chinese Windows saves.</summary>
    Gb18030,
}
