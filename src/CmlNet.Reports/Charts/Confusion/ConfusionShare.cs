namespace CmlNet.Reports.Charts.Confusion;

/// <summary>What the percentages and the shading of a confusion matrix are shares of.</summary>
public enum ConfusionShare
{
    /// <summary>Of each actual class: the diagonal is recall.</summary>
    Row,

    /// <summary>Of each predicted class: the diagonal is precision.</summary>
    Column,

    /// <summary>Of all cases: the diagonal sums to accuracy.</summary>
    All,
}
