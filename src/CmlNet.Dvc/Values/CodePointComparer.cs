namespace CmlNet.Dvc.Values;

/// <summary>The order of Python strings. Ordinal comparison goes by UTF-16 units and puts an emoji (a surrogate pair) before U+FFEE; code points do not.</summary>
public sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    private CodePointComparer()
    {
    }

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return x is null ? (y is null ? 0 : -1) : 1;
        int length = Math.Min(x.Length, y.Length);
        int same = x.AsSpan(0, length).CommonPrefixLength(y.AsSpan(0, length));
        if (same == length)
            return x.Length.CompareTo(y.Length);
        char a = x[same], b = y[same];
        // Surrogates stand for code points above every other unit.
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
