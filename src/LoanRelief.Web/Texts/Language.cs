namespace LoanRelief.Web.Texts;

/// <summary>The languages that the program speaks.</summary>
internal enum Language
{
    English,
    Chinese,
}

internal static class LanguageExtensions
{
    /// <summary>BCP 47 tag.</summary>
    public static string Tag(this Language language) => language == Language.Chinese ? "zh-Hans" : "en";

    /// <summary>The language that the caller likes best of those we speak; English if it likes none.</summary>
    public static Language Preferred(this HttpRequest request)
    {
        var wishes = request.GetTypedHeaders().AcceptLanguage
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1);
        foreach (var wish in wishes)
        {
            if (Speaks(wish.Value.Value, "zh"))
                return Language.Chinese;
            if (Speaks(wish.Value.Value, "en"))
                return Language.English;
        }

        return Language.English;
    }

    private static bool Speaks(string? range, string language) =>
        range is not null
        && (range.Equals(language, StringComparison.OrdinalIgnoreCase) || range.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));
}
