using System.Security.Cryptography;

namespace CmlNet.Dvc.Experiments;

/// <summary>A name like DVC's own: an adjective and a noun.</summary>
internal static class ExperimentName
{
    private static readonly string[] Adjectives =
    [
        "able", "brisk", "calm", "clear", "crisp", "deft", "eager", "fair", "fleet", "fresh", "glad", "grand", "keen", "kind", "light", "lucid",
        "mild", "neat", "plain", "prime", "proud", "quick", "quiet", "rapid", "ready", "round", "sharp", "sleek", "solid", "sound", "stark", "steep",
        "swift", "tame", "terse", "thick", "tidy", "vivid", "warm", "wise",
    ];

    private static readonly string[] Nouns =
    [
        "acorn", "arrow", "birch", "brook", "cedar", "cliff", "cloud", "comet", "coral", "crane", "delta", "dune", "ember", "falcon", "fern", "fjord",
        "gale", "grove", "heron", "inlet", "larch", "lynx", "maple", "marsh", "mesa", "otter", "pearl", "pine", "quartz", "raven", "reef", "ridge",
        "river", "shoal", "slate", "spruce", "stone", "tide", "willow", "wren",
    ];

    /// <summary>One that is not taken.</summary>
    public static string New(Func<string, bool> isTaken)
    {
        for (int attempt = 0; ; attempt++)
        {
            string name = $"{Adjectives[RandomNumberGenerator.GetInt32(Adjectives.Length)]}-{Nouns[RandomNumberGenerator.GetInt32(Nouns.Length)]}" + (attempt < 10 ? "" : $"-{RandomNumberGenerator.GetInt32(10_000)}");
            if (!isTaken(name))
                return name;
        }
    }
}
