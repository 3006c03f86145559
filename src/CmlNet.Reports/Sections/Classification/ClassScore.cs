namespace CmlNet.Reports.Sections.Classification;

/// <summary>Figures of one class; null where the figure is 0/0.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">TP / (TP + FP); null when the class was never predicted.</param>
/// <param name="Recall">TP / (TP + FN); null when the class never occurs.</param>
/// <param name="F1">2 TP / (2 TP + FP + FN).</param>
/// <param name="Support">Cases of the class, or the sum of their weights.</param>
internal sealed record ClassScore(string Label, double? Precision, double? Recall, double? F1, double Support);
