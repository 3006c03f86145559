namespace CmlNet.Reports.Sections;

/// <summary>A histogram of block characters, which any text shows.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>A character for each share, the greatest full; a dot for none.</summary>
    public static string Of(IReadOnlyList<double> shares)
    {
        double most = shares.Count == 0 ? 0 : shares.Max();
        return string.Concat(shares.Select(share => share <= 0 ? '·' : Blocks[Math.Clamp((int)Math.Ceiling(share / most * Blocks.Length) - 1, 0, Blocks.Length - 1)]));
    }
}
