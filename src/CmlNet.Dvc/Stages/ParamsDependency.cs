using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>Values of a parameter file that a stage depends on.</summary>
public sealed class ParamsDependency
{
    /// <summary>The file, relative to the project's root.</summary>
    public required string Path { get; init; }

    /// <summary>As written.</summary>
    public required string Text { get; init; }

    /// <summary>Dotted keys; empty stands for the whole file.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Values at the last run; null before it.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>>? Recorded { get; set; }
}
