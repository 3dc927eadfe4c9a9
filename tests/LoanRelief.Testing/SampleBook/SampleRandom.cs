namespace LoanRelief.Testing.SampleBook;

/// <summary>Numbers that look random and are the same on every machine and in every version of .NET (SplitMix64).</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 up to, not including, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>More often near <paramref name="first"/>: amounts lent have many small ones and few large ones.</summary>
    public int Small(int first, int last)
    {
        var share = Below(1_000);
        return first + (last - first) * share * share / 1_000_000;
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (var n = items.Count - 1; n > 0; n--)
        {
            var other = Below(n + 1);
            (items[n], items[other]) = (items[other], items[n]);
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
