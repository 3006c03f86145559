namespace CmlNet.Reports.Sections.Curves;

/// <summary>Which curves belong in one chart: those of one quantity, whatever part of the data they were measured on.</summary>
internal static class SeriesFamily
{
    private static readonly string[] Parts = ["train", "training", "val", "valid", "validation", "eval", "test", "dev", "epoch", "step"];

    /// <summary><c>loss</c> for <c>loss</c>, <c>val_loss</c>, <c>train/loss</c>, <c>loss_epoch</c>.</summary>
    public static string Of(string series)
    {
        string name = series;
        while (true)
        {
            string shorter = Strip(name);
            if (shorter == name)
                return name;
            name = shorter;
        }
    }

    private static string Strip(string name)
    {
        foreach (string part in Parts)
        {
            if (name.Length <= part.Length + 1)
                continue;
            if (name.StartsWith(part, StringComparison.OrdinalIgnoreCase) && IsSeparator(name[part.Length]))
                return name[(part.Length + 1)..];
            if (name.EndsWith(part, StringComparison.OrdinalIgnoreCase) && IsSeparator(name[^(part.Length + 1)]))
                return name[..^(part.Length + 1)];
        }

        return name;
    }

    private static bool IsSeparator(char c) => c is '_' or '/' or '-' or '.' or ' ' or ':';
}
