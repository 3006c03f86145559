namespace CmlNet.Publishing.Diagnosis;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, and perhaps not as meant.</summary>
    Warning,

    /// <summary>Something would fail.</summary>
    Failure,
}
