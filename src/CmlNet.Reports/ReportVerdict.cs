namespace CmlNet.Reports;

/// <summary>Whether the run meets its gates.</summary>
public enum ReportVerdict
{
    /// <summary>Every gate passed, or there is none.</summary>
    Passed,

    /// <summary>A gate of level warn failed, or one could not be judged.</summary>
    Warned,

    /// <summary>A gate of level error failed.</summary>
    Failed,
}
