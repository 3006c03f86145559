namespace CmlNet.Reports.Gates;

/// <summary>A condition that a run must meet. At least one limit is set.</summary>
public sealed record Gate
{
    public GateSubject Subject { get; init; }

    /// <summary>The metric, the size's file, the latency's figure or <c>share</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Column of a slice gate.</summary>
    public string? Slice { get; init; }

    /// <summary>The metrics file; null takes the metric from any.</summary>
    public string? File { get; init; }

    /// <summary>In the metric's unit; bytes for a size, milliseconds for a latency.</summary>
    public double? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public double? Max { get; init; }

    public ChangeLimit? MaxDrop { get; init; }

    public ChangeLimit? MaxRise { get; init; }

    /// <summary>A worsening counts only when its p is below this.</summary>
    public double? Significance { get; init; }

    /// <summary>Non-inferiority margin: the change's interval must stay above minus this.</summary>
    public double? Margin { get; init; }

    /// <summary>Slices with fewer rows are not judged.</summary>
    public int? MinN { get; init; }

    public GateLevel Level { get; init; }

    /// <summary>It cannot be judged without a baseline.</summary>
    internal bool IsAboutChange => (MaxDrop ?? MaxRise) is not null || Significance is not null || Margin is not null;

    /// <summary>As the table calls it.</summary>
    public string Title => Subject switch
    {
        GateSubject.Slice => $"{Name} by {Slice}",
        GateSubject.Drift => "drift share",
        GateSubject.Contract => "contract violations",
        GateSubject.Size => $"size of {Name}",
        GateSubject.Latency => $"latency {Name}",
        _ => Name,
    };
}
