using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>Reads policy packs, and has those that ship with the program.</summary>
public static class PolicyPacks
{
    private static readonly Lazy<IReadOnlyList<PolicyPack>> Embedded = new(ReadEmbedded);

    /// <summary>How a pack is written: as everything else, with every unknown member refused.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = MakeOptions();

    /// <summary>The packs that ship with the program, by id; each is version 1 until it is overridden.</summary>
    public static IReadOnlyList<PolicyPack> Shipped => Embedded.Value;

    /// <summary>Reads a pack and holds it against everything that a pack has to be.</summary>
    /// <param name="name">Of the file, for the messages.</param>
    /// <exception cref="PolicyPackException">It is none: each message names the file, the JSON path and what was expected.</exception>
    public static PolicyPack Read(string name, string json)
    {
        using var document = Parse(name, json);
        if (JsonContract.Check(document.RootElement, typeof(PolicyPack), JsonOptions) is { Count: > 0 } malformed)
            throw new PolicyPackException(name, malformed);
        var pack = document.Deserialize<PolicyPack>(JsonOptions)!;
        return PolicyPackRules.Check(pack) is { Count: > 0 } wrong ? throw new PolicyPackException(name, wrong) : pack;
    }

    /// <summary>Those that hold on a day.</summary>
    public static IReadOnlyList<PolicyPack> InForce(IEnumerable<PolicyPack> packs, DateOnly on) => [.. packs.Where(pack => pack.IsInForce(on))];

    private static JsonDocument Parse(string name, string json)
    {
        try
        {
            return StrictJson.Parse(json);
        }
        catch (JsonException malformed)
        {
            throw new PolicyPackException(name,
            [
                new Refusal("malformed-json").With("line", (malformed.LineNumber ?? 0) + 1).With("column", (malformed.BytePositionInLine ?? 0) + 1),
            ]);
        }
    }

    private static IReadOnlyList<PolicyPack> ReadEmbedded()
    {
        const string Folder = "policies/";
        var assembly = typeof(PolicyPacks).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return Read(name, reader.ReadToEnd());
            }),
        ];
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        DomainJson.Configure(options);
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>A policy pack that can not be read.</summary>
/// <param name="name">Of the file.</param>
/// <param name="errors">Everything that is wrong with it; fields are paths without the leading <c>$.</c>.</param>
public sealed class PolicyPackException(string name, IReadOnlyList<Refusal> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(error => $"{name}: {PathOf(error)}: {PolicyPackMessages.Expected(error)}")))
{
    public string FileName { get; } = name;

    public IReadOnlyList<Refusal> Errors { get; } = errors;

    private static string PathOf(Refusal error) => error.Field switch
    {
        null => "$",
        ['[', ..] => $"${error.Field}",
        _ => $"$.{error.Field}",
    };
}
