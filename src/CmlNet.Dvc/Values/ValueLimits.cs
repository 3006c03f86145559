namespace CmlNet.Dvc.Values;

/// <summary>What a file left by a job may ask of us.</summary>
internal static class ValueLimits
{
    public const int Depth = 100;

    /// <summary>Nodes after aliases are followed: a few bytes of YAML can otherwise stand for billions.</summary>
    public const int Nodes = 1_000_000;
}
